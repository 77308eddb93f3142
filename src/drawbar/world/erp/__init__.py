"""A small ERP: parties, open orders, journals, supplier bills, customer invoices, payments.

Like real ones it does not guard anybody against doubles: sent twice is booked twice.
"""
