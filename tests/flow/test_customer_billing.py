"""When a customer is invoiced, for what, and under which number: once for each charge, never more.

Globex is owed 2,646.00 for a load from Dallas to Chicago, delivered on Wednesday 2026-03-11.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.billing.obstacle import Obstacle
from drawbar.flow.account import CustomerState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.billing_terms import BillingTerms, InvoiceGroup, InvoicePer, PaperKind, Release
from drawbar.freight.case import CaseKind
from drawbar.freight.invoice import InvoiceKind
from drawbar.freight.ledger import Account, Purpose
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.paper import PaperFiled
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind
from tests.flow.billing_stage import asked, at, delivered, firm, invoices
from tests.flow.stage import CHICAGO, MONDAY, Stage, milestone, order, place, pod, usd, when

WEEKLY = BillingTerms(per=InvoicePer.WEEK, cut_off="17:00", zone="America/Chicago")
BY_HAND = BillingTerms(release=Release.BY_HAND)
FRIDAY = datetime(2026, 3, 13, 22, 0, tzinfo=UTC)  # 17:00 in Chicago
PEORIA = place("River DC", "Peoria", "IL", "61602", "America/Chicago")


def to_peoria(ref: str) -> dict[str, object]:
    stops = order(ref).stops
    return {"stops": (stops[0], structs.replace(stops[1], place=PEORIA))}


def load(stage: Stage, ref: str) -> ShipmentState:
    found = stage.shipment(f"S-{ref}")
    assert isinstance(found, ShipmentState)
    return found


def blocks(stage: Stage, ref: str) -> list[Obstacle]:
    return [one.code for one in load(stage, ref).invoice_blocks]


def three_loads() -> Stage:
    """2,310.00 and 1,985.50 are ready, the third has no proof of delivery."""
    stage = firm(WEEKLY, flat={"1": "2310.00", "2": "1985.50"})
    delivered(stage, "1001")
    delivered(stage, "1002", **to_peoria("1002"))
    delivered(stage, "1003", proven=False)
    return stage


def test_b02_a_week_is_one_invoice_and_what_is_not_ready_rolls_on_with_its_reason():
    stage = three_loads()
    assert invoices(stage) == []

    stage.pass_time(FRIDAY)

    (week,) = invoices(stage)
    assert week.total == usd("4295.50")
    assert week.shipment_refs == ("S-1001", "S-1002")
    assert [week.total_of(ref).amount for ref in week.shipment_refs] == [
        Decimal("2310.00"),
        Decimal("1985.50"),
    ]
    (reason,) = load(stage, "1003").invoice_blocks
    assert (reason.code, reason.remedy) == (
        Obstacle.POD_MISSING,
        "Ask the carrier for the signed proof of delivery.",
    )


def test_b02_the_third_goes_on_the_next_weeks_invoice():
    stage = three_loads()
    stage.pass_time(FRIDAY)

    stage.learn(pod("S-1003", at=7000))
    stage.pass_time(FRIDAY + timedelta(days=7))

    assert [one.total for one in invoices(stage)] == [usd("4295.50"), usd("2310.00")]
    assert [one.number for one in invoices(stage)] == [1, 2]


def test_the_ledger_knows_each_shipment_and_the_erp_gets_one_balanced_entry():
    stage = three_loads()
    stage.pass_time(FRIDAY)

    (sent,) = stage.sent("PostInvoice")
    booked = [one for one in stage.entries if one.purpose is Purpose.INVOICE_RELEASED]
    assert {one.shipment_ref for one in booked} == {"S-1001", "S-1002"}
    assert len({one.entry_ref for one in booked}) == 2
    posted = {line.account: line.money.amount for line in sent.payload.entry.lines}
    assert posted == {
        Account.ACCOUNTS_RECEIVABLE: Decimal("4295.50"),
        Account.UNBILLED_RECEIVABLE: Decimal("-4295.50"),
    }
    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == Decimal("4295.50")
    (document,) = stage.state(StreamKind.CUSTOMER_INVOICE, "I-000001").documents
    assert document.total == usd("4295.50")


def test_an_order_uses_credit_until_its_invoice_takes_its_place_also_on_a_shared_one():
    stage = three_loads()
    account = stage.state(StreamKind.CUSTOMER, "GLOBEX")
    before = account.exposure

    stage.pass_time(FRIDAY)

    account = stage.state(StreamKind.CUSTOMER, "GLOBEX")
    assert isinstance(account, CustomerState)
    assert account.exposure == before
    assert account.invoices == {"I-000001": usd("4295.50")}
    assert set(account.orders) == {"1003"}


def test_a_load_ready_at_the_very_cut_off_waits_for_the_next_one():
    stage = firm(WEEKLY)
    minutes = (FRIDAY - MONDAY).total_seconds() / 60
    delivered(stage, "1001", "1002", proven=False)
    stage.learn(pod("S-1001", at=minutes - 1), pod("S-1002", at=minutes))

    stage.pass_time(FRIDAY)

    assert [one.shipment_refs for one in invoices(stage)] == [("S-1001",)]
    stage.pass_time(FRIDAY + timedelta(days=7))
    assert [one.shipment_refs for one in invoices(stage)] == [("S-1001",), ("S-1002",)]


def test_what_is_learned_after_the_period_was_closed_is_never_put_into_it():
    stage = firm(WEEKLY)
    delivered(stage, "1001", "1002", proven=False)
    stage.learn(pod("S-1001", at=3000))
    stage.pass_time(FRIDAY)

    stage.learn(pod("S-1002", at=3001))  # an hour that is over; the worker was late

    assert load(stage, "1002").invoice_period.until == FRIDAY + timedelta(days=7)
    stage.pass_time(FRIDAY + timedelta(days=7))
    assert [one.shipment_refs for one in invoices(stage)] == [("S-1001",), ("S-1002",)]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (InvoiceGroup.CUSTOMER, [""]),
        (InvoiceGroup.PO, ["PO-1001", "PO-1002"]),
        (InvoiceGroup.DESTINATION, ["Chicago, IL", "Peoria, IL"]),
        (InvoiceGroup.ORIGIN, ["Dallas, TX"]),
    ],
    ids=lambda one: one.value if isinstance(one, InvoiceGroup) else "",
)
def test_loads_of_a_period_are_grouped_as_the_customer_wants(by: InvoiceGroup, groups: list[str]):
    stage = firm(structs.replace(WEEKLY, by=by))
    delivered(stage, "1001")
    delivered(stage, "1002", **to_peoria("1002"))

    stage.pass_time(FRIDAY)

    assert [one.group for one in invoices(stage)] == groups
    assert sum(len(one.shipment_refs) for one in invoices(stage)) == 2


def test_a_long_invoice_is_cut_into_several():
    stage = firm(structs.replace(WEEKLY, shipments_max=2))
    delivered(stage, "1001", "1002", "1003")

    stage.pass_time(FRIDAY)

    assert [len(one.shipment_refs) for one in invoices(stage)] == [2, 1]


def test_b05_what_is_released_by_hand_is_released_once_however_often_it_is_said():
    stage = firm(BY_HAND)
    delivered(stage, "1001")
    assert invoices(stage) == []
    assert stage.run.board(next(iter(stage.states)), load(stage, "1001"))["unbilled_because"] == (
        "ready"
    )

    stage.learn(asked("1001"), asked("1001"), asked("1001", key="another click", at=5001))

    assert [one.invoice_ref for one in invoices(stage)] == ["I-000001"]
    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == Decimal("2646.00")


def test_a_person_releases_only_what_is_ready_and_the_rest_says_why():
    stage = firm(BY_HAND)
    delivered(stage, "1001")
    delivered(stage, "1002", proven=False)

    stage.learn(asked("1001", "1002", "9999"))

    assert [one.shipment_refs for one in invoices(stage)] == [("S-1001",)]
    assert blocks(stage, "1002") == [Obstacle.POD_MISSING]


def test_by_hand_a_period_ends_without_an_invoice_and_a_person_releases_it_then():
    stage = firm(structs.replace(WEEKLY, release=Release.BY_HAND))
    delivered(stage, "1001", "1002")
    stage.pass_time(FRIDAY)
    assert invoices(stage) == []

    stage.learn(asked("1001", "1002", at=9000))

    assert [one.shipment_refs for one in invoices(stage)] == [("S-1001", "S-1002")]


def test_late_events_are_waited_for_and_then_it_goes_by_itself():
    stage = firm(BillingTerms(events_wait_hours=12))
    delivered(stage, "1001")
    assert blocks(stage, "1001") == [Obstacle.EVENTS_OPEN]

    departed = milestone(MilestoneKind.DEPARTED_DELIVERY, 2 * 24 * 60 + 5 + 247, known=3200)
    stage.learn(departed)
    stage.pass_time(at(2 * 24 * 60 + 5 + 95 + 12 * 60 - 1))
    assert invoices(stage) == []
    stage.pass_time(at(2 * 24 * 60 + 5 + 95 + 12 * 60))

    (only,) = invoices(stage)
    assert "detention" in {one.charge.kind.value for one in only.lines}


def test_all_papers_and_names_that_a_customer_wants_are_asked_for_at_once():
    terms = BillingTerms(
        documents=(PaperKind.POD, PaperKind.BOL, PaperKind.RECEIPT),
        references=(ReferenceKind.PO, ReferenceKind.CONTAINER),
        cost_centre_required=True,
    )
    stage = firm(terms)
    delivered(stage, "1001", proven=False)

    assert blocks(stage, "1001") == [
        Obstacle.POD_MISSING,
        Obstacle.PAPER_MISSING,
        Obstacle.PAPER_MISSING,
        Obstacle.REFERENCE_MISSING,
        Obstacle.COST_CENTRE_MISSING,
    ]
    assert all(one.remedy for one in load(stage, "1001").invoice_blocks)


def test_a_paper_that_is_filed_lets_the_invoice_go():
    stage = firm(BillingTerms(documents=(PaperKind.POD, PaperKind.BOL)))
    delivered(stage, "1001")
    assert invoices(stage) == []
    filed = PaperFiled(
        key="bol",
        shipment_ref="S-1001",
        kind=PaperKind.BOL,
        filed_by="J. Roe",
        number="B-77",
        **when(5000),
    )

    stage.learn(filed, structs.replace(filed, key="again"))

    assert [one.number for one in invoices(stage)] == [1]
    assert len(load(stage, "1001").papers) == 1


def test_a_customer_that_asks_for_no_proof_is_invoiced_without_one():
    stage = firm(BillingTerms(documents=()))
    delivered(stage, "1001", proven=False)

    assert len(invoices(stage)) == 1


def test_a_late_charge_is_one_more_invoice_in_the_window():
    stage = firm(BillingTerms(late_charge_days=30))
    delivered(stage, "1001")

    stage.learn(milestone(MilestoneKind.DEPARTED_DELIVERY, 2 * 24 * 60 + 5 + 247, known=9000))

    first, late = invoices(stage)
    assert (first.kind, late.kind) == (InvoiceKind.INVOICE, InvoiceKind.SUPPLEMENT)
    assert [one.charge_ref for one in late.lines] == ["detention:2"]


def test_series_count_by_legal_entity_and_currency_each_without_a_gap():
    stage = firm(BillingTerms(legal_entity="NL", number_by_currency=True))
    delivered(stage, "1001", "1002")

    assert [one.invoice_ref for one in invoices(stage)] == ["I-NL-USD-000001", "I-NL-USD-000002"]
    assert {one.series for one in invoices(stage)} == {"customer_invoice:NL:USD"}


def test_what_an_invoice_says_of_a_shipment_is_kept_with_it():
    stage = firm()
    delivered(stage, "1001")

    (made,) = invoices(stage)
    (about,) = made.shipments
    assert (about.order_ref, about.origin, about.destination) == (
        "1001",
        "Dallas, TX",
        CHICAGO.label,
    )
    assert Reference(ReferenceKind.PO, "PO-1001") in about.references
    assert str(about.delivered_on) == "2026-03-11"


EVENTS = st.lists(
    st.sampled_from(
        [
            *(pod(f"S-{ref}", at=at_) for ref in ("1001", "1002", "1003") for at_ in (3000, 9000)),
            *(
                asked(*refs, key=f"{refs}{at_}", at=at_)
                for refs in (("1001",), ("1001", "1002"))
                for at_ in (5000, 12000)
            ),
            *(
                milestone(
                    MilestoneKind.DEPARTED_DELIVERY,
                    2 * 24 * 60 + 5 + more,
                    ref=f"S-{ref}",
                    known=9500,
                )
                for ref in ("1001", "1002")
                for more in (200, 300)
            ),
            None,
        ]
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(EVENTS, st.sampled_from([BillingTerms(), BY_HAND, WEEKLY]))
def test_whatever_comes_each_charge_is_invoiced_once_in_numbers_without_a_gap(events, terms):
    stage = firm(terms)
    delivered(stage, "1001", "1002", "1003", proven=False)

    for one in events:
        stage.learn(one) if one is not None else stage.pass_time(FRIDAY)
    stage.pass_time(FRIDAY + timedelta(days=30))

    made = invoices(stage)
    assert [one.number for one in made] == list(range(1, len(made) + 1))
    for one in made:
        assert one.total.amount == sum(line.charge.money.amount for line in one.lines)
    for ref in ("S-1001", "S-1002", "S-1003"):
        state = stage.shipment(ref)
        asked_for: dict[str, Decimal] = {}
        for line in (line for one in made for line in one.lines_of(ref)):
            amount = line.charge.money.amount
            asked_for[line.charge_ref] = asked_for.get(line.charge_ref, Decimal(0)) + amount
        assert asked_for == {key: money.amount for key, money in state.invoiced.items()}
        owed = {one.charge_ref: one.charge.money.amount for one in state.sell}
        beyond = any(amount > owed.get(key, 0) for key, amount in asked_for.items())
        due = (CaseKind.CREDIT_DUE, StreamKey(StreamKind.SHIPMENT, ref), "")
        assert (due in stage.cases) is beyond  # a later report may make a charge smaller
    receivable = sum(one.total.amount for one in made)
    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == receivable
    assert all(one.number < two.number for one, two in pairwise(made))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=6))
def test_a_shipment_that_is_never_ready_never_holds_the_others(ready: list[bool]):
    stage = firm(WEEKLY)
    for number, is_ready in enumerate(ready):
        delivered(stage, str(1001 + number), proven=is_ready)

    stage.pass_time(FRIDAY + timedelta(days=28))

    invoiced = {ref for one in invoices(stage) for ref in one.shipment_refs}
    assert invoiced == {f"S-{1001 + n}" for n, is_ready in enumerate(ready) if is_ready}
