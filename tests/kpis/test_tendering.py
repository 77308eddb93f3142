"""How easily loads find a carrier. Orders are released at noon."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from drawbar.kpis.share import Middle
from drawbar.kpis.tendering import (
    TenderRow,
    dispatch_latency,
    first_tender_acceptance,
    hours_between,
    tender_depth,
)

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def load(ref: str, *, offers: int, accepted: int = 0, minutes: int = 0) -> TenderRow:
    return TenderRow(
        shipment_ref=ref,
        released_at=NOON,
        offers=offers,
        accepted_offer=accepted,
        accepted_at=NOON + timedelta(minutes=minutes) if accepted else None,
    )


LOADS = [
    load("first", offers=1, accepted=1, minutes=30),
    load("third", offers=3, accepted=3, minutes=90),
    load("nobody", offers=4),
    load("not offered", offers=0),
]


def test_a_load_that_nobody_took_counts_against_us_and_one_not_offered_does_not_count():
    found = first_tender_acceptance(LOADS)

    assert (found.refs, found.base, found.percent) == (("first",), 3, Decimal("33.33"))


def test_the_depth_is_how_many_offers_it_took_where_one_was_accepted():
    assert tender_depth(LOADS) == Decimal("2.00")
    assert tender_depth([load("nobody", offers=4)]) is None


def test_latency_runs_from_release_to_acceptance():
    assert dispatch_latency(LOADS) == Middle(value=Decimal("1.00"), base=2)
    assert dispatch_latency([]) == Middle(value=None, base=0)


def test_hours_are_exact():
    assert hours_between(NOON, NOON + timedelta(minutes=45)) == Decimal("0.75")
