"""Late charges: what comes after a shipment was invoiced, and until when it may still be.

What comes too late is not lost from sight: it is a leak of margin, with its cause.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.billing_terms import BillingTerms
from drawbar.freight.charge import ChargeKind
from drawbar.freight.instant import Instant, utc, zone
from drawbar.freight.money import Money


class LeakCause(StrEnum):
    """Why what a customer owes is not asked for. Stored."""

    LATE_CHARGE = "late_charge"
    CREDITED = "credited"


class Leak(Struct, frozen=True, kw_only=True):
    """What of a charge is never invoiced. ``document`` is the invoice or credit note behind it."""

    charge_ref: str
    kind: ChargeKind
    money: Money
    cause: LeakCause
    since: Instant
    document: str = ""
    text: str = ""


def of_margin(leaks: Iterable[Leak]) -> tuple[Leak, ...]:
    """Return the leaks that cost margin: a tax that is not billed is not owed to anybody either."""
    return tuple(one for one in leaks if one.kind is not ChargeKind.TAX)


def window_ends(terms: BillingTerms, first_on: date, *, zone_name: str) -> Instant | None:
    """Return when a late charge can no longer be invoiced; None where it always can.

    The last day counts whole, on the clock of the customer, else of the firm in ``zone_name``.
    """
    if terms.late_charge_days is None:
        return None
    day_after = first_on + timedelta(days=terms.late_charge_days + 1)
    return utc(datetime.combine(day_after, time(), tzinfo=zone(terms.zone or zone_name)))
