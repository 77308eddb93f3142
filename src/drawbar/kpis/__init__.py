"""The firm's figures: one definition each, the same on screen, in the API and in an export.

Each figure is a pure function of rows, and names the rows behind it.
"""
