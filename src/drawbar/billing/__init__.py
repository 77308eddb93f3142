"""What the customer owes for a shipment, and whether we may invoice it now.

An invoice is released once and never changes.
"""
