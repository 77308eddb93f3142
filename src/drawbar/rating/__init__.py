"""What a shipment should cost or earn under a rate contract, with every step explained.

Planning, accrual, customer billing and audit all use this one rating, so they cannot disagree.
"""
