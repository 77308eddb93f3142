"""Whether a shipment may be invoiced. Globex pays in 30 days; linehaul is 1,000.00 USD."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.billing.obstacle import Obstacle
from drawbar.billing.readiness import (
    AlreadyInvoiced,
    NotReady,
    Proof,
    Ready,
    Standing,
    ready,
)
from drawbar.freight.billing_terms import BillingTerms, PaperKind
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.money import Money
from drawbar.freight.party import Customer
from drawbar.freight.reference import ReferenceKind

GLOBEX = Customer(customer_ref="GLOBEX", name="Globex", payment_days=30)
NOW = datetime(2026, 3, 11, 15, 40, tzinfo=UTC)
DONE = Standing(delivered=True, proof=Proof.COMPLETE)


def charge(
    amount: str,
    *,
    currency: str = "USD",
    provisional: bool = False,
    kind: ChargeKind = ChargeKind.LINEHAUL,
) -> AgreedCharge:
    return AgreedCharge(
        charge_ref=kind.value,
        charge=Charge(kind=kind, money=Money(Decimal(amount), currency)),
        why=Explanation(rule="lane"),
        provisional=provisional,
    )


LINEHAUL = charge("1000.00")


def judged(
    standing: Standing = DONE,
    *,
    customer: Customer | None = GLOBEX,
    charges=(LINEHAUL,),
    now: datetime = NOW,
):
    return ready(standing, customer=customer, sell_charges=charges, now=now)


def wants(**terms: object) -> Customer:
    return structs.replace(GLOBEX, billing=BillingTerms(**terms))


def obstacles(standing: Standing = DONE, **terms: object) -> list[Obstacle]:
    outcome = judged(standing, **terms)
    assert isinstance(outcome, NotReady)
    return [reason.code for reason in outcome.reasons]


def test_e06_delivered_with_a_clean_proof_is_ready_at_once():
    assert judged() == Ready(total=Money(Decimal("1000.00"), "USD"))


def test_the_total_is_the_sum_of_rounded_lines():
    charges = (charge("0.335"), charge("0.335", kind=ChargeKind.LUMPER))

    assert judged(charges=charges) == Ready(total=Money(Decimal("0.68"), "USD"))


@pytest.mark.parametrize(
    ("standing", "obstacle"),
    [
        (structs.replace(DONE, delivered=False), Obstacle.NOT_DELIVERED),
        (structs.replace(DONE, sequence_ok=False), Obstacle.SEQUENCE_INVALID),
        (structs.replace(DONE, proof=Proof.MISSING), Obstacle.POD_MISSING),
        (structs.replace(DONE, proof=Proof.INCOMPLETE), Obstacle.POD_INVALID),
    ],
    ids=["not delivered", "impossible times", "no proof", "incomplete proof"],
)
def test_each_gap_holds_the_invoice(standing, obstacle):
    assert obstacles(standing) == [obstacle]


def test_e06_what_the_proof_lacks_is_told():
    outcome = judged(
        structs.replace(DONE, proof=Proof.INCOMPLETE, proof_lacks=("the signer", "the date"))
    )

    assert isinstance(outcome, NotReady)
    assert outcome.reasons[0].text == "the proof of delivery lacks the signer, the date"


def test_e07_a_short_delivery_is_billable_unless_the_customer_says_no():
    short = structs.replace(DONE, proof=Proof.SHORT)
    strict = structs.replace(GLOBEX, short_delivery_billable=False)

    assert isinstance(judged(short), Ready)
    assert obstacles(short, customer=strict) == [Obstacle.SHORT_DELIVERY]


def test_too_many_pieces_do_not_hold_the_freight_invoice():
    assert isinstance(judged(structs.replace(DONE, proof=Proof.OVER)), Ready)


def test_a_customer_without_terms_is_not_invoiced():
    no_terms = structs.replace(GLOBEX, payment_days=None)

    assert obstacles(customer=no_terms) == [Obstacle.TERMS_UNKNOWN]
    assert obstacles(customer=None) == [Obstacle.CUSTOMER_UNKNOWN]


def test_a_customer_that_is_not_active_any_more_still_owes():
    assert isinstance(judged(customer=structs.replace(GLOBEX, active=False)), Ready)


@pytest.mark.parametrize("charges", [(), (charge("0.00"),), (charge("0.004"),), (charge("-5.00"),)])
def test_nothing_is_not_invoiced(charges):
    assert obstacles(charges=charges) == [Obstacle.NO_CHARGES]


def test_a_provisional_charge_holds_the_invoice_and_is_named():
    charges = (LINEHAUL, charge("250.00", provisional=True, kind=ChargeKind.FUEL_SURCHARGE))

    outcome = judged(charges=charges)

    assert isinstance(outcome, NotReady)
    assert outcome.reasons[0].text == "provisional: fuel surcharge"


def test_two_currencies_are_never_one_total():
    assert obstacles(charges=(LINEHAUL, charge("5.00", currency="EUR"))) == [
        Obstacle.MIXED_CURRENCIES
    ]


def test_all_obstacles_are_told_at_once():
    standing = Standing(delivered=False, proof=Proof.MISSING, sequence_ok=False)

    assert obstacles(standing, customer=None, charges=()) == [
        Obstacle.CUSTOMER_UNKNOWN,
        Obstacle.NOT_DELIVERED,
        Obstacle.SEQUENCE_INVALID,
        Obstacle.POD_MISSING,
        Obstacle.NO_CHARGES,
    ]


def test_b05_what_was_invoiced_is_never_ready_again():
    standing = structs.replace(DONE, invoice_ref="I-000007")

    assert judged(standing) == AlreadyInvoiced(invoice_ref="I-000007")


standings = st.builds(
    Standing,
    delivered=st.booleans(),
    proof=st.sampled_from(Proof),
    sequence_ok=st.booleans(),
    invoice_ref=st.sampled_from(["", "I-000007"]),
)
charges = st.builds(
    charge,
    st.decimals(-5, 5000, places=3).map(str),
    currency=st.sampled_from(["USD", "EUR"]),
    provisional=st.booleans(),
)


@given(standings, st.lists(charges, max_size=4))
def test_nothing_is_ever_ready_undelivered_unproven_provisional_or_twice(standing, lines):
    outcome = judged(standing, charges=lines)

    if isinstance(outcome, Ready):
        assert standing.delivered
        assert standing.sequence_ok
        assert standing.proof not in (Proof.MISSING, Proof.INCOMPLETE)
        assert not standing.invoice_ref
        assert not any(line.provisional for line in lines)
        assert outcome.total.amount > 0


@pytest.mark.parametrize("paper", [PaperKind.BOL, PaperKind.RECEIPT, PaperKind.WEIGHT_CERTIFICATE])
def test_a_paper_that_the_customer_wants_holds_the_invoice_until_it_is_filed(paper: PaperKind):
    customer = wants(documents=(PaperKind.POD, paper))

    assert obstacles(customer=customer) == [Obstacle.PAPER_MISSING]
    assert isinstance(
        judged(structs.replace(DONE, papers=frozenset({paper})), customer=customer), Ready
    )


def test_a_customer_that_wants_no_proof_is_invoiced_without():
    unproven = structs.replace(DONE, proof=Proof.MISSING)

    assert isinstance(judged(unproven, customer=wants(documents=())), Ready)


def test_a_number_that_must_be_on_the_invoice_is_asked_for_by_name():
    outcome = judged(customer=wants(references=(ReferenceKind.PO,)))

    assert isinstance(outcome, NotReady)
    assert "no PO" in outcome.reasons[0].text
    known = structs.replace(DONE, references=frozenset({ReferenceKind.PO}))
    assert isinstance(judged(known, customer=wants(references=(ReferenceKind.PO,))), Ready)


def test_a_cost_centre_is_asked_for_where_the_customer_wants_one():
    customer = wants(cost_centre_required=True)

    assert obstacles(customer=customer) == [Obstacle.COST_CENTRE_MISSING]
    assert isinstance(judged(structs.replace(DONE, has_cost_centre=True), customer=customer), Ready)


@pytest.mark.parametrize(
    ("minutes", "is_open"), [(0, True), (12 * 60 - 1, True), (12 * 60, False)], ids=str
)
def test_late_events_are_waited_for_to_the_minute(minutes: int, is_open: bool):
    standing = structs.replace(DONE, delivered_at=NOW)
    outcome = judged(
        standing, customer=wants(events_wait_hours=12), now=NOW + timedelta(minutes=minutes)
    )

    assert isinstance(outcome, NotReady) is is_open


def test_only_a_contested_cost_that_is_passed_on_holds_and_only_where_the_customer_says_so():
    passed_on = structs.replace(charge("150.00", kind=ChargeKind.LUMPER), passes_on="lumper")
    contested = structs.replace(DONE, contested=("lumper", "detention:2"))
    strict = wants(costs_settled=True)

    assert obstacles(contested, customer=strict, charges=(LINEHAUL, passed_on)) == [
        Obstacle.COST_CONTESTED
    ]
    assert isinstance(judged(contested, charges=(LINEHAUL, passed_on)), Ready)
    assert isinstance(judged(contested, customer=strict, charges=(LINEHAUL,)), Ready)


def test_a_truck_that_was_not_used_needs_no_papers_and_no_time():
    standing = structs.replace(DONE, cancelled=True, delivered_at=NOW)
    customer = wants(documents=(PaperKind.POD, PaperKind.BOL), events_wait_hours=48)

    assert isinstance(judged(standing, customer=customer), Ready)
