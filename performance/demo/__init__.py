"""The demonstration force: synthetic records that load through the door of every import.

`totals` holds monthly totals, `shares` how they divide; the other modules turn them into rows.
"""
