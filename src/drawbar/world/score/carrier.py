"""What each carrier billed, what was vouchered for it, and what the ERP paid it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from drawbar.world.score.evidence import Paid
from drawbar.world.score.outcome import Matched
from drawbar.world.score.share import total


class CarrierScore(Struct, frozen=True, kw_only=True):
    """One carrier in one currency; vouchers for no known bill count too."""

    carrier: str
    currency: str
    bills: int
    billed: Decimal
    vouchered: Decimal
    payments: int
    paid: Decimal


def carriers_of(matches: Matched, payments: Iterable[Paid]) -> tuple[CarrierScore, ...]:
    """Return a row for each carrier that billed or was paid, in order."""
    claims = [(one.bill.carrier, claim) for one in matches.outcomes for claim in one.claims]
    claims += [(claim.carrier, claim) for claim in matches.strays]
    billed = {(one.bill.carrier, one.bill.currency) for one in matches.outcomes}
    names = sorted(billed | {(carrier, claim.currency) for carrier, claim in claims})
    paid = list(payments)
    return tuple(
        CarrierScore(
            carrier=carrier,
            currency=currency,
            bills=sum((one.bill.carrier, one.bill.currency) == name for one in matches.outcomes),
            billed=total(
                one.billed
                for one in matches.outcomes
                if (one.bill.carrier, one.bill.currency) == name
            ),
            vouchered=total(
                claim.amount for party, claim in claims if (party, claim.currency) == name
            ),
            payments=len(_of(name, paid)),
            paid=total(one.amount for one in _of(name, paid)),
        )
        for name in names
        for carrier, currency in (name,)
    )


def _of(name: tuple[str, str], payments: Sequence[Paid]) -> list[Paid]:
    return [one for one in payments if one.document and (one.party, one.currency) == name]
