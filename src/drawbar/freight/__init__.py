"""The words that everybody in the firm shares: orders, shipments, charges, bills, money.

Pure: frozen data with its own checks, no input or output, no clock. All packages speak in it.
"""
