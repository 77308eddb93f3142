"""Quick pay: what a carrier lets us keep for being paid early, if it asked for that.

Paid later than promised, nothing is kept.
"""

from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.contract import QuickPay
from drawbar.freight.money import Money, zero

_WHOLE = Decimal(100)


class EarlyTerms(Struct, frozen=True, kw_only=True):
    """The contract's offer for one bill: ``percent`` is kept if it is paid by ``pay_by``."""

    clause: str
    percent: Decimal
    pay_by: date


def early_terms(quick_pay: QuickPay | None, *, received_on: date) -> EarlyTerms | None:
    """Return what a contract offers for a bill received on a day, None where it offers nothing."""
    if quick_pay is None:
        return None
    return EarlyTerms(
        clause=quick_pay.clause,
        percent=quick_pay.percent,
        pay_by=received_on + timedelta(days=quick_pay.days),
    )


def discount(money: Money, terms: EarlyTerms | None, *, pay_on: date) -> Money:
    """Return what is kept of ``money`` when it is paid on a day, zero or more and to the cent."""
    if terms is None or pay_on > terms.pay_by or money.amount <= 0:
        return zero(money.currency)
    return money.times(terms.percent / _WHOLE).rounded()
