"""How long bills and customers take, how the books close, and what is left of the revenue."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.money import MixedCurrencies, Money, total
from drawbar.kpis.breakdown import broken_down
from drawbar.kpis.close import CloseRow, days_to_close, margin_restatement
from drawbar.kpis.cycle import CycleRow, bill_to_payment, invoice_cycle_time
from drawbar.kpis.margin import MarginRow, margin
from drawbar.kpis.receivable import ReceivableRow, days_sales_outstanding
from drawbar.kpis.scorecard import (
    BilledRow,
    CarriedRow,
    OfferRow,
    billing_accuracy,
    claim_rate,
    dispute_rate,
    tender_acceptance,
)
from drawbar.kpis.touch import TouchRow, manual_touches, untouched

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
MARCH = {"first": date(2026, 3, 1), "last": date(2026, 3, 31)}


def usd(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "USD")


def bill(decided: int | None, paid: int | None = None) -> CycleRow:
    def after(hours: int | None) -> datetime | None:
        return None if hours is None else NOON + timedelta(hours=hours)

    return CycleRow(
        bill_ref=str(decided), received_at=NOON, decided_at=after(decided), paid_at=after(paid)
    )


def test_the_cycle_time_is_the_median_of_what_is_decided():
    rows = [bill(1, 100), bill(3), bill(50), bill(None)]

    assert invoice_cycle_time(rows).value == Decimal("3.00")
    assert invoice_cycle_time(rows).base == 3
    assert bill_to_payment(rows).value == Decimal("100.00")


def invoice(on: date, amount: str, left: str) -> ReceivableRow:
    return ReceivableRow(invoice_ref=str(on), invoiced_on=on, total=usd(amount), open=usd(left))


def test_days_sales_outstanding_are_receivables_over_sales_times_days():
    rows = [
        invoice(date(2026, 2, 27), "900.00", "200.00"),
        invoice(date(2026, 3, 1), "3000.00", "0.00"),
        invoice(date(2026, 3, 31), "3200.00", "2800.00"),
        invoice(date(2026, 4, 1), "7777.00", "7777.00"),
    ]

    found = days_sales_outstanding(rows, **MARCH, currency="USD")

    assert found == Decimal("15.00")  # 3,000 open / 6,200 sold x 31 days


def test_without_sales_there_are_no_days_of_sales():
    rows = [invoice(date(2026, 2, 27), "900.00", "200.00")]

    assert days_sales_outstanding(rows, **MARCH, currency="USD") is None


def period(closed: date | None, reported: str, final: str) -> CloseRow:
    return CloseRow(
        period="2026-03",
        last_day=date(2026, 3, 31),
        closed_on=closed,
        reported=usd(reported),
        final=usd(final),
    )


def test_days_to_close_count_from_the_last_day():
    rows = [period(date(2026, 4, 3), "1", "1"), period(date(2026, 4, 9), "1", "1")]

    assert days_to_close([*rows, period(None, "1", "1")]).value == Decimal("6.00")


def test_one_restatement_does_not_make_up_for_another():
    closed = date(2026, 4, 3)
    rows = [period(closed, "1000.00", "1050.00"), period(closed, "1000.00", "950.00")]

    assert margin_restatement(rows, currency="USD") == Decimal("5.00")


def test_an_open_period_and_no_margin_restate_nothing():
    assert margin_restatement([period(None, "10", "99")], currency="USD") is None
    assert margin_restatement([period(date(2026, 4, 3), "0", "9")], currency="USD") is None


def test_a_loss_is_restated_by_its_size():
    rows = [period(date(2026, 4, 3), "-100.00", "-110.00")]

    assert margin_restatement(rows, currency="USD") == Decimal("10.00")


def test_touches_are_per_load():
    rows = [TouchRow(shipment_ref="A", touches=0), TouchRow(shipment_ref="B", touches=3)]

    assert manual_touches(rows) == Decimal("1.50")
    assert untouched(rows).refs == ("A",)
    assert manual_touches([]) is None


def row(ref: str, revenue: str, cost: str) -> MarginRow:
    return MarginRow(shipment_ref=ref, revenue=usd(revenue), cost=usd(cost))


def test_the_margin_is_revenue_less_cost_and_names_its_loads():
    found = margin([row("A", "100.00", "80.00"), row("B", "50.00", "60.00")], currency="USD")

    assert found.money == usd("10.00")
    assert found.percent == Decimal("6.67")
    assert found.refs == ("A", "B")


def test_a_margin_without_revenue_has_no_percent():
    assert margin([row("A", "0.00", "10.00")], currency="USD").percent is None


def test_two_currencies_have_no_common_margin():
    odd = MarginRow(shipment_ref="C", revenue=Money(Decimal(1), "CAD"), cost=usd("1"))

    with pytest.raises(MixedCurrencies):
        margin([odd], currency="USD")


def test_a_scorecard_counts_offers_bills_and_claims():
    offers = [OfferRow(tender_ref=ref, is_accepted=ref != "T2") for ref in ("T1", "T2", "T3")]
    bills = [
        BilledRow(bill_ref="B1", is_right=True, is_disputed=False),
        BilledRow(bill_ref="B2", is_right=False, is_disputed=True),
        BilledRow(bill_ref="B3", is_right=False, is_disputed=False),
    ]
    loads = [CarriedRow(shipment_ref=ref, is_claimed=ref == "S1") for ref in ("S1", "S2")]

    assert tender_acceptance(offers).percent == Decimal("66.67")
    assert billing_accuracy(bills).refs == ("B1",)
    assert dispute_rate(bills).refs == ("B2",)
    assert claim_rate(loads).percent == Decimal("50.00")


NAMES = st.sampled_from(["", "ABCD", "NRTH", "ZZZZ"])


@given(st.lists(st.tuples(NAMES, st.decimals("-999", "999", places=2)), max_size=12))
def test_the_parts_of_a_breakdown_add_up_to_the_whole(pairs):
    parts = broken_down(pairs, by=lambda pair: pair[0])

    sums = [total((usd(amount) for _, amount in part), currency="USD") for part in parts.values()]
    assert total(sums, currency="USD") == total((usd(a) for _, a in pairs), currency="USD")
    assert sum(len(part) for part in parts.values()) == len(pairs)


def test_what_has_no_name_comes_last():
    assert list(broken_down(["", "B", "A"], by=str)) == ["A", "B", ""]
