"""The nominals of the demonstration force: nobody among them exists.

Names are put together from the parts of place names, registration marks begin as no mark does, and
streets are plants. `now` decides only who is in custody; everything else is the same on every run.
"""
