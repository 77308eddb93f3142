"""A bill whose references lead nowhere is looked for by its attributes, and a person confirms.

Unless said: ABCD moves S-1001 from 75201 to 60601, pickup March 9; the bill names a BOL that nobody
knows, says all that and asks for what is agreed, 2,062.50.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.flow.bill_state import BillStatus
from drawbar.freight.attribute import Locality, Move, Tally
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillAssigned
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKind
from tests.flow.stage import (
    MONDAY,
    Stage,
    acme,
    answered,
    bill,
    driven,
    milestone,
    order,
    released,
    when,
)

AGREED = ((ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50"))
DAY = date(2026, 3, 9)
MOVE = Move(
    ship_on=DAY,
    origin=Locality(postal_code="75201"),
    destination=Locality(city="Chicago", region="IL"),
    header=Tally(weight_lb=Decimal(18000)),
)
LOST = (Reference(ReferenceKind.BOL, "BOL-1O01"),)


def billed(*, ref="B-1", references=LOST, **said):
    fact = bill(*AGREED, ref=ref, references=references)
    return structs.replace(
        fact, bill=structs.replace(fact.bill, move=structs.replace(MOVE, **said))
    )


def moved(*refs, stage=None):
    """Return a stage with delivered loads of these orders."""
    stage = stage or Stage(acme())
    for ref in refs:
        stage.learn(released(order(ref)), answered(f"S-{ref}-V1T1"), *driven(f"S-{ref}"))
    return stage


def assigns(shipment, *, ref="B-1"):
    return BillAssigned(
        key=f"assigned:{ref}:{shipment}",
        bill_ref=ref,
        shipment_ref=shipment,
        assigned_by="Ann",
        reason="it is on the BOL",
        **when(5000),
    )


def paid(stage):
    vouchers = (one.payload for one in stage.sent("PostVoucher"))
    return sum((one.total.amount for one in vouchers), Decimal(0))


def asked(stage):
    """Return the texts of the open cases about bills that fit by attributes."""
    cases = stage.cases.items()
    return [case.text for (kind, subject, _), case in cases if kind is CaseKind.AMBIGUOUS]


def test_one_load_that_fits_is_proposed_and_not_paid():
    stage = moved("1001")

    stage.learn(billed())

    state = stage.bill("B-1")
    assert (state.status, state.alike) == (BillStatus.WAITING_SHIPMENT, ("S-1001",))
    assert (state.shipment_ref, paid(stage)) == ("", Decimal(0))


def test_the_case_shows_bill_and_load_side_by_side():
    stage = moved("1001")

    stage.learn(billed())

    (text,) = asked(stage)
    assert text == (
        "No shipment is known by BOL BOL-1O01. Found by attributes, needs a person: it may be for"
        " S-1001: pickup 2026-03-09 (the bill says 2026-03-09), from Dallas, TX 75201"
        " (bill: 75201), to Chicago, IL 60601 (bill: Chicago, IL), 18,000 lb (bill: 18,000 lb),"
        " PO PO-1001, BOL BOL-1001, not billed yet."
    )


def test_a_person_confirms_it_and_only_then_is_it_judged_and_paid():
    stage = moved("1001")
    stage.learn(billed())

    stage.learn(assigns("S-1001"))

    assert (stage.bill("B-1").status, paid(stage)) == (BillStatus.APPROVED, Decimal("2062.50"))
    assert (asked(stage), stage.bill("B-1").alike) == ([], ())


def test_a_person_may_choose_a_load_that_was_not_proposed():
    stage = moved("1001")
    stage.learn(billed())
    moved("1002", stage=stage)

    stage.learn(assigns("S-1002"))

    assert (stage.bill("B-1").shipment_ref, paid(stage)) == ("S-1002", Decimal("2062.50"))


def test_several_that_fit_are_all_listed():
    stage = moved("1001", "1002")

    stage.learn(billed())

    (text,) = asked(stage)
    assert stage.bill("B-1").alike == ("S-1001", "S-1002")
    assert "any of 2: S-1001" in text
    assert "; S-1002: pickup" in text


def test_a_load_that_was_billed_before_says_so():
    stage = moved("1001")
    stage.learn(bill(*AGREED, number="9"), billed(ref="B-2"))

    assert "billed before by 9" in asked(stage)[0]


@pytest.mark.parametrize(
    "said",
    [
        {"ship_on": DAY + timedelta(days=2)},
        {"ship_on": None},
        {"origin": Locality(postal_code="75202")},
        {"destination": Locality(city="Chicago")},
        {"header": Tally(weight_lb=Decimal(19801))},
    ],
    ids=["two days later", "no ship date", "another origin", "half a destination", "too heavy"],
)
def test_a_bill_that_fits_none_waits_as_ever(said):
    stage = moved("1001")

    stage.learn(billed(**said))

    assert stage.bill("B-1").status is BillStatus.WAITING_SHIPMENT
    assert (asked(stage), stage.bill("B-1").alike) == ([], ())


def test_a_load_of_another_carrier_is_never_proposed():
    stage = moved("1001")
    fact = billed()

    stage.learn(structs.replace(fact, bill=structs.replace(fact.bill, carrier_ref="BLUF")))

    assert asked(stage) == []


def test_a_load_that_no_carrier_has_is_not_proposed_until_one_has_it():
    stage = Stage(acme())
    stage.learn(released(), billed())
    before = asked(stage)

    stage.learn(answered("S-1001-V1T1"))

    assert (before, stage.bill("B-1").alike) == ([], ("S-1001",))


def test_a_waiting_bill_is_proposed_a_load_that_appears_later_by_attributes():
    stage = Stage(acme())
    stage.learn(billed())

    moved("1001", stage=stage)

    assert (stage.bill("B-1").alike, paid(stage)) == (("S-1001",), Decimal(0))


def test_a_second_load_that_fits_is_added_to_the_proposal():
    stage = moved("1001")
    stage.learn(billed())

    moved("1002", stage=stage)

    assert stage.bill("B-1").alike == ("S-1001", "S-1002")
    assert len(asked(stage)) == 1


def test_a_proposed_bill_still_matches_by_itself_when_its_own_shipment_appears():
    stage = moved("1001")
    stage.learn(billed(references=(Reference(ReferenceKind.BOL, "BOL-1002"),)))
    proposed = stage.bill("B-1").alike

    moved("1002", stage=stage)

    assert proposed == ("S-1001",)
    assert (stage.bill("B-1").shipment_ref, stage.bill("B-1").alike) == ("S-1002", ())
    assert (asked(stage), paid(stage)) == ([], Decimal("2062.50"))


def test_a_reference_that_leads_somewhere_is_what_counts():
    stage = moved("1001", "1002")

    stage.learn(billed(references=(Reference(ReferenceKind.BOL, "BOL-1002"),)))

    assert (stage.bill("B-1").shipment_ref, asked(stage)) == ("S-1002", [])


def test_the_actual_pickup_day_counts_beside_the_planned_one():
    stage = Stage(acme())
    stage.learn(released(), answered("S-1001-V1T1"), billed(ship_on=DAY + timedelta(days=4)))
    before = stage.bill("B-1").alike

    late = 60 * 24 * 3
    stage.learn(milestone(MilestoneKind.DEPARTED_PICKUP, late))

    assert (before, stage.bill("B-1").alike) == ((), ("S-1001",))


@pytest.mark.parametrize(
    "origin",
    [Locality(postal_code="75201-0001"), Locality(city="dallas", region="TX")],
    ids=["postal code", "city and state"],
)
def test_a_place_is_found_by_either_way_of_naming_it(origin):
    stage = moved("1001")

    stage.learn(billed(origin=origin))

    assert stage.bill("B-1").alike == ("S-1001",)


def test_patience_ends_with_a_person_and_the_carrier_is_told_nothing():
    stage = moved("1001")
    stage.learn(billed())

    stage.pass_time(MONDAY + timedelta(days=30))

    state = stage.bill("B-1")
    assert (state.status, state.reason) == (BillStatus.STOPPED, "AMBIGUOUS")
    assert (len(asked(stage)), stage.sent("RefuseBill")) == (1, [])


def test_a_person_confirms_a_proposal_after_patience_ended_too():
    stage = moved("1001")
    stage.learn(billed())
    stage.pass_time(MONDAY + timedelta(days=30))

    stage.learn(assigns("S-1001"))

    assert (asked(stage), paid(stage)) == ([], Decimal("2062.50"))


def test_no_bill_is_looked_for_by_going_through_loads():
    stage = moved("1001")

    needs = stage.run.needs(billed())

    assert {key.kind for key in needs.found_by} >= {ReferenceKind.BOL, ReferenceKind.ATTRIBUTES}
    assert {key.kind for key in needs.streams} == {StreamKind.FREIGHT_BILL}


def test_counts_that_differ_are_noted_beside_the_bill_and_stop_nothing():
    stage = moved("1001")
    known = (Reference(ReferenceKind.BOL, "BOL-1001"),)

    stage.learn(billed(references=known, lines=Tally(weight_lb=Decimal(17000))))

    notes = [text for _, text in stage.notes if text.startswith("The header says")]
    assert notes == ["The header says 18,000 lb, the lines come to 17,000 lb."]
    assert paid(stage) == Decimal("2062.50")


@settings(max_examples=15, deadline=None)
@given(
    days=st.integers(-2, 2),
    weight=st.sampled_from([None, Decimal(18000), Decimal(25000)]),
    refs=st.lists(st.sampled_from(["1001", "1002"]), unique=True),
)
def test_nothing_is_ever_paid_by_attributes_alone(days, weight, refs):
    stage = moved(*refs)

    stage.learn(billed(ship_on=DAY + timedelta(days=days), header=Tally(weight_lb=weight)))
    stage.pass_time(MONDAY + timedelta(days=60))

    assert (paid(stage), stage.bill("B-1").verdicts) == (Decimal(0), ())
