"""Accruals and balanced entries for the ERP: what freight costs and earns, before and after bills.

Every entry balances; what stays accrued is always what we still expect to be billed.
"""
