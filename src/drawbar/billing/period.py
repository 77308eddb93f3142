"""The period of a customer's invoice: which cut-off ends it, on the clock of the customer.

Periods are ``[since, until)`` and follow each other without a gap; a shipment that gets ready at
the very moment of a cut-off belongs to the next.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from drawbar.freight.billing_terms import BillingTerms, InvoicePer
from drawbar.freight.instant import Instant, local_day, zone
from drawbar.freight.invoice import InvoicePeriod

_LONGEST_DAYS = 63
"""Two cut-offs are never further apart than two months of 31 days and one more."""


class NoPeriod(ValueError):
    """A customer who is invoiced shipment by shipment has no period. Ask its terms first."""


def period_of(
    terms: BillingTerms, at: Instant, *, zone_name: str, after: Instant | None = None
) -> InvoicePeriod:
    """Return the period in which ``at`` falls, or the first that ends later than ``after``.

    ``zone_name`` is the firm's, for a customer that names none. Raise ``NoPeriod``.
    """
    if terms.per is InvoicePer.SHIPMENT:
        raise NoPeriod("this customer is invoiced shipment by shipment")
    where = terms.zone or zone_name
    moment = max(at, after) if after else at
    until = next(end for end in _ends(terms, where, moment, step=1) if end > moment)
    since = next(end for end in _ends(terms, where, until, step=-1) if end < until)
    return InvoicePeriod(since=since, until=until)


def _ends(terms: BillingTerms, where: str, near: Instant, *, step: int) -> Iterator[Instant]:
    """Yield the cut-offs from about ``near`` on, forwards or backwards."""
    start = local_day(near, where) - timedelta(days=step)
    for days in range(_LONGEST_DAYS):
        day = start + timedelta(days=days * step)
        if _is_last(terms, day):
            at = datetime.combine(day, terms.cut_off_at, tzinfo=zone(where))
            yield at.astimezone(UTC)


def _is_last(terms: BillingTerms, day: date) -> bool:
    """Return whether a period ends on ``day``."""
    month_ends = monthrange(day.year, day.month)[1]
    match terms.per:
        case InvoicePer.WEEK:
            return day.weekday() == terms.cut_off_weekday.number
        case InvoicePer.HALF_MONTH:
            return day.day in (15, month_ends)
        case InvoicePer.MONTH:
            return day.day == min(terms.cut_off_day, month_ends)
        case _:
            return True
