"""The words that everybody in the firm shares: orders, shipments, charges, bills, money.

Pure: frozen data with its own checks, no input or output, no clock. Every other package speaks in these types.
"""
