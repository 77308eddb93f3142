"""A carrier that speaks EDIFACT over two folders, in its own words.

It shares no code with the product: what it writes are literal templates.
"""
