"""What another rate of exchange alone changes of an expected cost: no carrier asked for more."""

from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.money import Money, total
from drawbar.rating.exchange_variance import variance


def by_rate(before: ShipmentState, now: ShipmentState, *, currency: str) -> Money:
    """Return what a new rate alone makes of charges that no bill has used; above zero is more.

    The first accrual is all cost: nothing was expected at another rate.
    """
    if not before.cost.money:
        return total((), currency=currency)
    old = {one.charge_ref: one for one in before.buy if one.charge_ref not in now.used}
    pairs = ((old[one.charge_ref], one) for one in now.buy if one.charge_ref in old)
    return total((_moved(was, one, currency) for was, one in pairs), currency=currency)


def _moved(was: AgreedCharge, now: AgreedCharge, currency: str) -> Money:
    nothing = total((), currency=currency)
    first, then = was.exchanged, now.exchanged
    if first is None or then is None or first.money.currency != then.money.currency:
        return nothing
    if {was.charge.money.currency, now.charge.money.currency} != {currency}:
        return nothing
    return variance(
        agreed=first.money,
        expected_rate=first.rate,
        billed=then.money,
        billed_rate=then.rate,
        books=currency,
    ).exchange
