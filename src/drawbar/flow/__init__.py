"""The runs of the firm: what follows from each fact, composed from the decision packages.

Pure, and the only place that sees two decision packages. The engine loads, calls and writes.
"""
