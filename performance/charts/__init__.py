"""Charts as SVG text, drawn on the server: no script, no inline style, the same in print.

What a chart shows is always on the page as a table too. Colour is never the only sign: series differ
by dash and label, points by shape.
"""
