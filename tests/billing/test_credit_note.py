"""What may be taken back of an invoice. I-000001: 1,000.00 linehaul and 250.00 fuel for S-1001."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.billing.credit_note import (
    BeyondInvoiced,
    CreditHeading,
    NoSuchLine,
    all_of,
    credit_note,
    left_of,
    proposed,
    with_credited,
)
from drawbar.billing.crediting import let_go
from drawbar.billing.late_charge import window_ends
from drawbar.billing.series import CREDIT_NOTES
from drawbar.freight.billing_terms import BillingTerms
from drawbar.freight.charge import Charge, ChargeKind, Explanation
from drawbar.freight.invoice import (
    CreditCode,
    CreditLine,
    CustomerInvoice,
    InvoiceKind,
    InvoiceLine,
)
from drawbar.freight.money import Money

NOW = datetime(2026, 3, 25, 12, 0, tzinfo=UTC)


def usd(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "USD")


def line(kind: ChargeKind, amount: str, shipment: str = "") -> InvoiceLine:
    charge = Charge(kind=kind, money=usd(amount))
    why = Explanation(rule="lane")
    return InvoiceLine(charge_ref=kind.value, charge=charge, why=why, shipment_ref=shipment)


INVOICE = CustomerInvoice(
    invoice_ref="I-000001",
    number=1,
    customer_ref="GLOBEX",
    shipment_ref="S-1001",
    invoiced_on=date(2026, 3, 20),
    due_on=date(2026, 4, 19),
    lines=(line(ChargeKind.LINEHAUL, "1000.00"), line(ChargeKind.FUEL_SURCHARGE, "250.00")),
    total=usd("1250.00"),
)


def back(*lines: tuple[int, str | Decimal]) -> tuple[CreditLine, ...]:
    return tuple(CreditLine(line=number, money=usd(amount)) for number, amount in lines)


def noted(*lines: tuple[int, str | Decimal], before=None) -> CustomerInvoice:
    heading = CreditHeading(
        number=7, series=CREDIT_NOTES, on=date(2026, 3, 25), code=CreditCode.RATE, reason="agreed"
    )
    return credit_note(heading, INVOICE, lines=back(*lines), before=before or {})


def test_a_credit_note_is_linked_numbered_and_below_zero():
    note = noted((1, "100.00"), (2, "25.00"))

    assert (note.invoice_ref, note.credits, note.kind) == (
        "C-000007",
        "I-000001",
        InvoiceKind.CREDIT_NOTE,
    )
    assert note.total == usd("-125.00")


def test_up_to_the_last_cent_of_a_line_can_be_taken_back_and_not_one_more():
    assert noted((2, "50.00"), before={2: usd("200.00")}).total == usd("-50.00")
    with pytest.raises(BeyondInvoiced, match=r"50.00 USD is left"):
        noted((2, "50.01"), before={2: usd("200.00")})


@pytest.mark.parametrize(
    "lines", [(), ((3, "1.00"),), ((0, "1.00"),), ((1, "1"), (1, "2"))], ids=str
)
def test_lines_are_named_once_and_exist(lines):
    with pytest.raises(NoSuchLine):
        noted(*lines)


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "0.005"])
def test_a_credit_is_above_zero_and_in_whole_cents(amount: str):
    with pytest.raises(BeyondInvoiced):
        noted((1, amount))


def test_all_that_is_left_is_every_line_with_something_left():
    assert all_of(INVOICE, {1: usd("1000.00"), 2: usd("50.00")}) == back((2, "200.00"))


def test_what_is_proposed_is_what_was_charged_beyond_what_is_owed():
    beyond = {("S-1001", "fuel_surcharge"): usd("30.00"), ("S-9", "linehaul"): usd("9.00")}

    assert proposed(INVOICE, {}, beyond=beyond) == back((2, "30.00"))
    assert proposed(INVOICE, {2: usd("240.00")}, beyond=beyond) == back((2, "10.00"))


@pytest.mark.parametrize(
    ("owed", "lost"), [("1000.00", "100.00"), ("950.00", "50.00"), ("900.00", None)], ids=str
)
def test_only_what_was_owed_all_the_same_is_lost_by_a_credit(owed: str, lost: str | None):
    found = let_go(
        noted((1, "100.00")).lines,
        owed={"linehaul": usd(owed)},
        invoiced={"linehaul": usd("900.00")},
        document="C-000007",
        why="agreed",
        at=NOW,
    )

    assert [one.money for one in found] == ([usd(lost)] if lost else [])


def test_a_window_ends_with_its_last_day_on_the_customers_clock():
    terms = BillingTerms(late_charge_days=30, zone="America/New_York")

    ends = window_ends(terms, date(2026, 3, 1), zone_name="UTC")

    assert ends == datetime(2026, 4, 1, 4, 0, tzinfo=UTC)
    assert window_ends(BillingTerms(), date(2026, 3, 1), zone_name="UTC") is None


@given(st.lists(st.tuples(st.integers(1, 2), st.decimals("0.01", "1500", places=2)), max_size=8))
def test_never_more_is_taken_back_of_a_line_than_it_asked_for(wishes):
    before: dict[int, Money] = {}
    taken = Decimal(0)

    for number, amount in wishes:
        try:
            note = noted((number, amount), before=before)
        except BeyondInvoiced:
            assert amount > left_of(INVOICE, number, before).amount
            continue
        taken -= note.total.amount
        before = with_credited(before, back((number, amount)))

    assert all(before.get(no, usd(0)) <= INVOICE.lines[no - 1].charge.money for no in (1, 2))
    assert taken == sum((one.amount for one in before.values()), Decimal(0)) <= Decimal("1250.00")
