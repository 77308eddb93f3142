"""Which shipment a carrier's freight bill is for, and what each of its lines is worth.

Nothing agreed is paid twice, and nothing that is not agreed is paid.
"""
