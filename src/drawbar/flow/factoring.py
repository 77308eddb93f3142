"""A bill that a factor sends for a carrier: it is the carrier's, and paid to whoever is on record.

So it is a duplicate of the carrier's own copy, and that of it: one of the two is paid, once.
"""

from msgspec import structs

from drawbar.flow.company import Company
from drawbar.freight.freight_bill import FreightBill
from drawbar.settlement.payee import factor_of


def carriers_of(billed: FreightBill, company: Company) -> tuple[str, ...]:
    """Return the carriers whose bill it can be: its sender, or those whose bills a factor has."""
    sender = billed.carrier_ref
    if sender in company.carriers:
        return (sender,)
    behind = tuple(
        ref
        for ref, carrier in sorted(company.carriers.items())
        if (factor := factor_of(carrier, on=billed.billed_on)) and factor.factor_ref == sender
    )
    return behind or (sender,)


def spoken_for(billed: FreightBill, carrier_ref: str) -> FreightBill:
    """Return a bill as its carrier would write it: its own numbers are the carrier's."""
    sender = billed.carrier_ref
    if carrier_ref == sender:
        return billed
    references = tuple(
        structs.replace(one, party=carrier_ref) if one.party == sender else one
        for one in billed.references
    )
    return structs.replace(billed, carrier_ref=carrier_ref, references=references)
