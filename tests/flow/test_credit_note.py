"""Taking back what an invoice asked for. Globex was invoiced 2,100.00 + 546.00 fuel for S-1001."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.billing.late_charge import LeakCause
from drawbar.flow.credit_note import SECOND
from drawbar.freight.approval import ApprovalLimit
from drawbar.freight.billing_terms import BillingTerms
from drawbar.freight.case import CaseKind
from drawbar.freight.invoice import (
    InvoiceContested,
    InvoiceKind,
    InvoicePaid,
    InvoiceUpheld,
)
from drawbar.freight.ledger import Account, Purpose
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.stream import StreamKey, StreamKind
from tests.flow.billing_stage import at, credited, delivered, firm, invoice_state, invoices
from tests.flow.stage import MONDAY, Stage, milestone, usd, when

I1 = StreamKey(StreamKind.CUSTOMER_INVOICE, "I-000001")
LEAVES = 2 * 24 * 60 + 5
LIMITS = {"finance": ApprovalLimit(alone=Decimal(500), together=Decimal(5000))}


def invoiced(terms: BillingTerms = BillingTerms(), **policy: object) -> Stage:  # noqa: B008
    stage = firm(terms, **({"approval_limits": {}} | policy))
    delivered(stage, "1001")
    return stage


def paid(amount: str, *, at_: float = 5500) -> InvoicePaid:
    return InvoicePaid(
        key=f"paid:{at_}",
        invoice_ref="I-000001",
        money=usd(amount),
        paid_on=MONDAY.date(),
        **when(at_),
    )


def waited(minutes: float, *, known: float) -> object:
    return milestone(MilestoneKind.DEPARTED_DELIVERY, LEAVES + minutes, known=known)


def leaks(stage: Stage) -> list[tuple[str, LeakCause, Decimal]]:
    return [(one.charge_ref, one.cause, one.money.amount) for one in load(stage).leaks]


def load(stage: Stage):
    return stage.shipment("S-1001")


def test_a_credit_note_has_its_own_number_and_lines_below_zero_and_names_its_invoice():
    stage = invoiced()

    stage.learn(credited((1, "100.00")))

    _, note = invoices(stage)
    assert (note.invoice_ref, note.kind, note.credits) == (
        "C-000001",
        InvoiceKind.CREDIT_NOTE,
        "I-000001",
    )
    assert note.total == usd("-100.00")
    assert [(line.takes_back, line.charge.money.amount) for line in note.lines] == [
        (1, Decimal("-100.00"))
    ]
    assert invoice_state(stage).credit_refs == ("C-000001",)
    assert invoice_state(stage).invoice == invoices(stage)[0]  # as it was released


def test_receivable_revenue_and_credit_room_follow_it():
    stage = invoiced()
    stage.learn(credited((1, "100.00")))

    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == Decimal("2546.00")
    assert stage.balance(Account.FREIGHT_REVENUE) == Decimal("-2546.00")
    entry = next(one for one in stage.entries if one.purpose is Purpose.CREDIT_RELEASED)
    assert entry.reverses == "customer_invoice:I-000001:invoice_released:1"
    assert stage.state(StreamKind.CUSTOMER, "GLOBEX").unpaid == usd("2546.00")


def test_what_was_owed_and_is_credited_is_not_invoiced_again_but_counts_as_a_leak():
    stage = invoiced()
    stage.learn(credited((1, "100.00")))

    stage.learn(waited(95, known=8000))

    assert leaks(stage) == [("linehaul", LeakCause.CREDITED, Decimal("100.00"))]
    assert [one.kind for one in invoices(stage)] == [InvoiceKind.INVOICE, InvoiceKind.CREDIT_NOTE]


def test_what_was_charged_beyond_what_is_owed_is_no_leak_when_it_is_credited():
    stage = invoiced()
    stage.learn(waited(247, known=5000))  # detention of 202.50 on a supplement
    correction = structs.replace(
        milestone(MilestoneKind.DEPARTED_DELIVERY, LEAVES + 100, known=5600),
        corrects=f"S-1001:departed_delivery:{LEAVES + 247}",
    )
    stage.learn(correction)
    due = stage.cases[CaseKind.CREDIT_DUE, StreamKey(StreamKind.SHIPMENT, "S-1001"), ""]
    assert due.money_at_risk == usd("202.50")

    stage.learn(credited((1, "202.50"), invoice_ref="I-000002"))

    assert leaks(stage) == []
    assert CaseKind.CREDIT_DUE not in stage.open_cases()
    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == Decimal("2646.00")


@pytest.mark.parametrize(
    "lines",
    [
        ((1, "2100.01"),),
        ((3, "1.00"),),
        ((1, "1.00"), (1, "1.00")),
        ((1, "-1.00"),),
        ((1, "0.001"),),
    ],
    ids=["first cent over", "no such line", "line twice", "below zero", "part of a cent"],
)
def test_what_cannot_be_credited_is_not_and_no_number_is_lost(lines):
    stage = invoiced()

    stage.learn(credited(*lines), credited((1, "1.00"), key="good"))

    assert [one.invoice_ref for one in invoices(stage)] == ["I-000001", "C-000001"]
    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == Decimal("2645.00")


def test_credit_and_rebill_is_one_act_and_both_are_linked():
    stage = invoiced()

    stage.learn(credited((1, "2100.00"), (2, "546.00"), rebill=True))

    first, note, again = invoices(stage)
    assert (note.credits, again.replaces, again.kind) == (
        first.invoice_ref,
        first.invoice_ref,
        InvoiceKind.REBILL,
    )
    assert (again.invoice_ref, again.total) == ("I-000002", usd("2646.00"))
    assert invoice_state(stage).status == "credited"
    assert invoice_state(stage).rebilled_as == ("I-000002",)
    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == Decimal("2646.00")
    assert leaks(stage) == []


def test_nothing_is_credited_for_a_rebill_that_cannot_be():
    stage = invoiced()
    stage.learn(waited(247, known=5000))
    undo = structs.replace(
        milestone(MilestoneKind.DEPARTED_DELIVERY, LEAVES + 100, known=5600),
        corrects=f"S-1001:departed_delivery:{LEAVES + 247}",
    )
    stage.learn(undo)

    stage.learn(credited((1, "202.50"), invoice_ref="I-000002", rebill=True))

    assert [one.invoice_ref for one in invoices(stage)] == ["I-000001", "I-000002"]
    assert any("cannot be invoiced anew" in text for _, text in stage.notes)


def test_more_than_one_person_may_credit_waits_for_a_second_other_one():
    stage = invoiced(approval_limits=LIMITS)
    first = credited((1, "600.00"))
    stage.learn(first, structs.replace(first, key="same again"))
    assert len(invoices(stage)) == 1
    assert (CaseKind.CREDIT_DUE, I1, SECOND) in stage.cases

    stage.learn(structs.replace(first, key="other", credited_by="J. Roe"))

    assert [one.invoice_ref for one in invoices(stage)] == ["I-000001", "C-000001"]
    assert (CaseKind.CREDIT_DUE, I1, SECOND) not in stage.cases


def test_many_small_credits_of_one_person_are_one_large_one():
    stage = invoiced(approval_limits=LIMITS)

    stage.learn(*(credited((1, "200.00"), key=str(no)) for no in range(4)))

    assert len(invoices(stage)) == 3  # 200 + 200 alone; the third would be 600


def test_crediting_a_paid_invoice_tells_that_money_is_to_give_back():
    stage = invoiced()
    stage.learn(paid("2646.00"), credited((2, "46.00")))

    assert stage.cases[CaseKind.CREDIT_DUE, I1, "payment"].money_at_risk == usd("46.00")
    assert stage.state(StreamKind.CUSTOMER, "GLOBEX").unpaid == usd("0.00")


def test_what_is_left_after_a_credit_is_all_that_is_paid():
    stage = invoiced()
    stage.learn(credited((2, "46.00")), paid("2600.00", at_=7000))

    assert invoice_state(stage).status == "paid"
    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == 0
    assert stage.open_cases() == set()


def test_a_charge_that_comes_after_the_window_is_a_leak_and_not_lost():
    stage = invoiced(BillingTerms(late_charge_days=1))
    stage.learn(waited(247, known=9000))

    assert leaks(stage) == [("detention:2", LeakCause.LATE_CHARGE, Decimal("202.50"))]
    assert [one.total for one in invoices(stage)] == [usd("2646.00")]
    assert stage.balance(Account.FREIGHT_REVENUE) == Decimal("-2646.00")
    row = stage.run.board(next(k for k in stage.states if k.ref == "S-1001"), load(stage))
    assert row["leaked"] == Decimal("202.50")


def test_the_last_day_of_the_window_counts_whole():
    day_after = (at(0).replace(hour=5, minute=0) + timedelta(days=4) - at(0)).total_seconds() / 60
    stage = invoiced(BillingTerms(late_charge_days=1))  # invoiced on the 11th: through the 12th

    stage.learn(waited(247, known=day_after - 1))

    assert [one.kind for one in invoices(stage)] == [InvoiceKind.INVOICE, InvoiceKind.SUPPLEMENT]


def test_a_customers_dispute_holds_the_reminder_until_it_is_decided():
    stage = invoiced()
    contested = InvoiceContested(
        key="c",
        invoice_ref="I-000001",
        line=2,
        money=usd("46.00"),
        reason="wrong week of fuel",
        recorded_by="J. Roe",
        **when(5000),
    )
    stage.learn(contested, structs.replace(contested, key="again"))
    state = invoice_state(stage)
    assert (state.open, state.contested, state.dunned) == (
        usd("2646.00"),
        usd("46.00"),
        usd("2600.00"),
    )
    assert stage.open_cases() == {CaseKind.INVOICE_CONTESTED}

    refused = InvoiceUpheld(
        key="u",
        invoice_ref="I-000001",
        line=2,
        reason="the week is that of the pickup",
        decided_by="M. Ito",
        **when(5100),
    )
    stage.learn(refused)

    assert invoice_state(stage).dunned == usd("2646.00")
    assert stage.open_cases() == set()


def test_a_credit_ends_the_dispute_of_its_line():
    stage = invoiced()
    stage.learn(
        InvoiceContested(
            key="c",
            invoice_ref="I-000001",
            line=2,
            money=usd("46.00"),
            reason="wrong week of fuel",
            recorded_by="J. Roe",
            **when(5000),
        ),
        credited((2, "46.00")),
    )

    assert invoice_state(stage).contested == usd("0.00")
    assert stage.open_cases() == set()


ACTS = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 3), st.decimals(-5, 2500, places=2), st.booleans()),
        st.integers(0, 400),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(ACTS, st.sampled_from([None, 0, 3, 30]))
def test_what_is_invoiced_less_credited_is_never_more_than_owed(acts, window):
    stage = invoiced(BillingTerms(late_charge_days=window))

    for number, act in enumerate(acts):
        when_ = 5000 + number * 900
        if isinstance(act, int):
            stage.learn(waited(act, known=when_))
            continue
        line, amount, rebill = act
        stage.learn(credited((line, str(amount)), key=str(number), at=when_, rebill=rebill))

    made = invoices(stage)
    state = load(stage)
    owed = {one.charge_ref: one.charge.money.amount for one in state.sell}
    most = dict(owed)
    asked: dict[str, Decimal] = {}
    for one in made:
        for line in one.lines:
            asked[line.charge_ref] = asked.get(line.charge_ref, Decimal(0)) + (
                line.charge.money.amount
            )
    for ref, amount in asked.items():
        beyond = amount - most.get(ref, Decimal(0))
        assert amount >= 0
        assert beyond <= 0 or CaseKind.CREDIT_DUE in stage.open_cases()
    ours = [one.number for one in made if not one.is_credit]
    theirs = [one.number for one in made if one.is_credit]
    assert ours == list(range(1, len(ours) + 1))
    assert theirs == list(range(1, len(theirs) + 1))
    receivable = sum((one.total.amount for one in made), Decimal(0))
    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == receivable
    unbilled = stage.balance(Account.UNBILLED_RECEIVABLE)
    assert -stage.balance(Account.FREIGHT_REVENUE) == receivable + unbilled
