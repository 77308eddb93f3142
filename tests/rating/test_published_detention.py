"""Detention as others published it, restated as contracts, with the figures that they print."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from drawbar.freight.accessorial import DetentionRate, FreeTime
from drawbar.freight.contract import Contract, Side
from drawbar.freight.visit import Visit
from drawbar.rating.detention import NotOwed, Owed, detention

CAME = datetime(2026, 3, 12, 8, tzinfo=UTC)


def owed(terms: DetentionRate, minutes: int, pounds: int = 0) -> str:
    contract = Contract(
        contract_ref="PUBLISHED",
        version=1,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2000, 1, 1),
        known_at=datetime(2000, 1, 1, tzinfo=UTC),
        lanes=(),
        detention=terms,
    )
    left = CAME + timedelta(minutes=minutes)
    visit = Visit(stop=1, zone="UTC", due_at=CAME, arrived_at=CAME, departed_at=left)
    found = detention(contract, visit, weight_lb=Decimal(pounds))
    assert isinstance(found, Owed | NotOwed), found
    return str(found.charge.charge.money.amount) if isinstance(found, Owed) else "0.00"


def test_hours_begun_beyond_two_free_ones():
    """Detention and layover calculator at getyardo.com, the example on its page.

    Two hours are free and 4.5 hours beyond them are five billable hours: 375.00.
    """
    terms = DetentionRate(clause="example", rate=Decimal(75), increment_minutes=60)

    assert owed(terms, 2 * 60 + 270) == "375.00"


TRADEMARK = DetentionRate(
    clause="detention",
    rate=Decimal("18.75"),
    minimum=Decimal("18.75"),
    free_time_by_weight=tuple(
        FreeTime(from_lb=Decimal(pounds), minutes=minutes)
        for pounds, minutes in ((0, 30), (5001, 60), (10001, 90), (20001, 120), (30001, 180))
    ),
)


@pytest.mark.parametrize(
    ("pounds", "free"), [(4999, 30), (5001, 60), (10001, 90), (20001, 120), (30001, 180)]
)
def test_quarter_hours_of_seventy_five_dollars_beyond_free_time_by_weight(pounds, free):
    """Trademark Transportation, rules, detention (trademarktrans.com/node/481).

    75.00 an hour in quarter hours, at least 18.75, beyond 30, 60, 90, 120 or 180 minutes by
    weight. The page has no worked example: an hour beyond is the 75.00 that it states.
    """
    assert owed(TRADEMARK, free, pounds) == "0.00"
    assert owed(TRADEMARK, free + 1, pounds) == "18.75"
    assert owed(TRADEMARK, free + 60, pounds) == "75.00"
