"""A carrier that speaks X12 over two folders, in its own words and with its own delimiters.

It shares no code with the product: what it writes are literal templates.
"""
