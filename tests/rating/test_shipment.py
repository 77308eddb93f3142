"""Everything one shipment should cost: linehaul 1,650.00, fuel 25 %, detention DET-A."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.accessorial import AccessorialRate, DetentionRate
from drawbar.freight.approval import Approval
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Contract, Side
from drawbar.freight.fuel import FuelRate
from drawbar.freight.lane import LanePlace, LaneRate
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.freight.place import Place
from drawbar.freight.verdict import Reason
from drawbar.freight.visit import Visit
from drawbar.rating.shipment import Rated, rate
from drawbar.rating.unrated import Unrated

DALLAS = Place(name="Dock", city="Dallas", region="TX", zone="America/Chicago")
OMAHA = Place(name="Hub", city="Omaha", region="NE", zone="America/Chicago")
CONTRACT = Contract(
    contract_ref="ABCD-2026",
    version=1,
    side=Side.BUY,
    party_ref="ABCD",
    currency="USD",
    valid_from=date(2026, 1, 1),
    known_at=datetime(2026, 1, 1, tzinfo=UTC),
    lanes=(LaneRate(clause="L1", flat=Decimal(1650)),),
    fuel=(FuelRate(clause="F1", percent=Decimal(25), valid_from=date(2026, 1, 1)),),
    detention=DetentionRate(clause="DET-A", rate=Decimal("18.75"), cap=Decimal(300)),
)


def visit(stop: int, departed: str | None = None) -> Visit:
    due = datetime(2026, 3, 10 + stop, 10, tzinfo=UTC)
    left = departed and datetime.combine(due, time.fromisoformat(departed), UTC)
    return Visit(stop=stop, zone="America/Chicago", due_at=due, arrived_at=due, departed_at=left)


UNKNOWN_LEAVE = (visit(1), visit(2))
LATE_LEAVE = (visit(1), visit(2, "14:07"))


def approval(kind: ChargeKind, amount: str, stop=0, fact="A-1", currency="USD") -> Approval:
    money = Money(Decimal(amount), currency)
    return Approval(
        kind=kind, money=money, stop=stop, approved_by="Ines", reason="receipt seen", fact=fact
    )


def rated(contract=CONTRACT, visits=UNKNOWN_LEAVE, approvals=()) -> Rated:
    answer = rate(
        contract,
        Movement(origin=DALLAS, destination=OMAHA, visits=visits, approvals=tuple(approvals)),
        on=date(2026, 3, 11),
    )
    assert isinstance(answer, Rated), answer
    return answer


def amounts(answer: Rated) -> dict[str, str]:
    return {one.charge_ref: str(one.charge.money.amount) for one in answer.charges}


MAIN = {"linehaul": "1650.00", "fuel_surcharge": "412.50"}


def test_the_reference_shipment_costs_two_thousand_two_hundred_thirty_one():
    answer = rated(visits=LATE_LEAVE)

    assert amounts(answer) == MAIN | {"detention:2": "168.75"}
    assert sum(one.charge.money.amount for one in answer.charges) == Decimal("2231.25")


def test_free_time_is_per_stop_and_never_pooled():
    answer = rated(visits=(visit(1, "10:01"), visit(2, "12:01"), visit(3, "12:16")))

    assert amounts(answer) == MAIN | {"detention:2": "18.75", "detention:3": "37.50"}


def test_says_why_a_stop_has_no_detention():
    late = structs.replace(visit(2), arrived_at=datetime(2026, 3, 12, 11, tzinfo=UTC))

    why_not = rated(visits=(visit(1, "11:00"), late)).why_not()

    assert why_not[ChargeKind.DETENTION, 1][0] is Reason.NO_EVENT
    assert "60 min" in why_not[ChargeKind.DETENTION, 1][1]
    assert why_not[ChargeKind.DETENTION, 2][0] is Reason.LATE_ARRIVAL


def test_a_stop_with_detention_is_not_denied():
    assert {one.stop for one in rated(visits=LATE_LEAVE).denied} == {1}


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"lanes": (LaneRate(clause="L", origin=LanePlace(city="Waco")),)}, "No lane"),
        ({"lanes": (LaneRate(clause="L"),)}, "states no price"),
        (
            {"fuel": (*CONTRACT.fuel, structs.replace(CONTRACT.fuel[0], percent=Decimal(9)))},
            "different percents",
        ),
    ],
    ids=["no lane", "no price", "no clear fuel row"],
)
def test_without_a_clear_price_there_is_none(changes, text):
    answer = rate(
        structs.replace(CONTRACT, **changes),
        Movement(origin=DALLAS, destination=OMAHA, visits=()),
        on=date(2026, 3, 11),
    )

    assert isinstance(answer, Unrated)
    assert text in answer.text


def test_an_approved_accessorial_is_owed_as_approved():
    clause = AccessorialRate(clause="ACC-1", kind=ChargeKind.LUMPER, amount=Decimal(90))
    contract = structs.replace(CONTRACT, accessorials=(clause,))

    assert amounts(rated(contract)) == MAIN
    charge = rated(contract, approvals=[approval(ChargeKind.LUMPER, "85.00", 2)]).charges[-1]
    assert charge.charge_ref == "lumper:2:A-1"
    assert charge.charge.money == Money(Decimal("85.00"), "USD")
    assert (charge.why.clause, charge.why.contract_version) == ("ACC-1", 1)
    assert charge.why.contract_ref == "ABCD-2026"
    assert charge.why.steps[-1].text == "approved by Ines because receipt seen"
    assert charge.why.facts == ("A-1",)


def test_an_approval_without_a_clause_is_owed_all_the_same():
    charge = rated(approvals=[approval(ChargeKind.STORAGE, "40.00")]).charges[-1]

    assert (charge.why.rule, charge.why.clause, charge.why.contract_ref) == ("approval", "", "")
    assert charge.why.contract_version == 0


def test_a_few_cents_can_be_approved():
    answer = rated(approvals=[approval(ChargeKind.STORAGE, "0.01", 2)])

    assert amounts(answer) == MAIN | {"storage:2:A-1": "0.01"}


def test_an_approved_surcharge_is_of_the_whole_shipment():
    contract = structs.replace(CONTRACT, fuel=())
    charge = rated(contract, approvals=[approval(ChargeKind.FUEL_SURCHARGE, "50.00", 2)]).charges[1]

    assert (charge.charge_ref, charge.charge.stop) == ("fuel_surcharge", 0)


def test_two_approvals_are_two_charges_and_the_same_one_twice_is_one():
    first = approval(ChargeKind.LUMPER, "85.00", 2, "A-1")
    second = approval(ChargeKind.LUMPER, "85.00", 2, "A-2")

    assert amounts(rated(approvals=[second, first, first])) == MAIN | {
        "lumper:2:A-1": "85.00",
        "lumper:2:A-2": "85.00",
    }


@pytest.mark.parametrize(
    ("kind", "amount", "ref", "owed"),
    [
        (ChargeKind.LINEHAUL, "1800.00", "linehaul", "1800.00"),
        (ChargeKind.LINEHAUL, "1500.00", "linehaul", "1650.00"),
        (ChargeKind.FUEL_SURCHARGE, "450.00", "fuel_surcharge", "450.00"),
        (ChargeKind.DETENTION, "200.00", "detention:2", "200.00"),
        (ChargeKind.DETENTION, "100.00", "detention:2", "168.75"),
    ],
    ids=["linehaul", "less than granted", "fuel", "detention", "less detention than granted"],
)
def test_an_approval_raises_what_the_contract_grants_and_never_adds_to_it(kind, amount, ref, owed):
    stop = 2 if kind is ChargeKind.DETENTION else 0

    answer = rated(visits=LATE_LEAVE, approvals=[approval(kind, amount, stop)])

    assert amounts(answer) == MAIN | {"detention:2": "168.75"} | {ref: owed}


def test_a_raised_charge_keeps_its_steps_and_adds_who_approved_it():
    raised = rated(approvals=[approval(ChargeKind.LINEHAUL, "1800.00")]).charges[0]

    assert [step.text for step in raised.why.steps] == [
        "flat 1,650.00 USD for lane L1",
        "approved by Ines because receipt seen",
    ]
    assert raised.why.facts == ("A-1",)
    assert raised.charge.money.amount == Decimal("1800.00")


def test_detention_keeps_its_name_whether_approved_or_measured_first():
    approved = approval(ChargeKind.DETENTION, "150.00", 2)

    assert amounts(rated(approvals=[approved])) == MAIN | {"detention:2": "150.00"}
    assert amounts(rated(approvals=[approved], visits=LATE_LEAVE)) == MAIN | {
        "detention:2": "168.75"
    }
    assert rated(approvals=[approved]).denied == rated(visits=LATE_LEAVE).denied


def test_of_two_approved_detentions_of_one_stop_the_larger_counts():
    both = (approval(ChargeKind.DETENTION, x, 2, f"A-{x}") for x in ("90.00", "150.00", "60.00"))

    assert amounts(rated(approvals=both)) == MAIN | {"detention:2": "150.00"}


def test_an_approval_makes_a_provisional_surcharge_firm():
    lapsed = structs.replace(CONTRACT.fuel[0], valid_to=date(2026, 2, 1))
    contract = structs.replace(CONTRACT, fuel=(lapsed,))

    for amount, provisional in (("0.00", True), ("412.49", True), ("412.50", False)):
        approved = approval(ChargeKind.FUEL_SURCHARGE, amount)
        assert rated(contract, approvals=[approved]).charges[1].provisional is provisional


def test_an_approval_in_another_currency_is_a_charge_of_its_own():
    answer = rated(approvals=[approval(ChargeKind.LINEHAUL, "9000.00", currency="MXN")])

    assert amounts(answer) == MAIN | {"linehaul:0:A-1": "9000.00"}


def test_an_approval_of_nothing_approves_nothing():
    assert amounts(rated(approvals=[approval(ChargeKind.LUMPER, "0.00")])) == MAIN


def free(kind: ChargeKind, amount="75") -> AccessorialRate:
    return AccessorialRate(
        clause=f"ACC-{kind.value}", kind=kind, amount=Decimal(amount), needs_approval=False
    )


def test_a_standing_accessorial_is_owed_without_approval():
    contract = structs.replace(CONTRACT, accessorials=(free(ChargeKind.LIFTGATE),))

    assert amounts(rated(contract)) == MAIN | {"liftgate": "75.00"}


def test_a_stop_off_is_owed_for_every_stop_on_the_way():
    contract = structs.replace(CONTRACT, accessorials=(free(ChargeKind.STOP_OFF),))

    assert amounts(rated(contract)) == MAIN
    on_the_way = rated(contract, visits=(visit(1), visit(2), visit(3), visit(4)))
    assert amounts(on_the_way) == MAIN | {"stop_off:2": "75.00", "stop_off:3": "75.00"}


def test_what_only_an_event_can_prove_is_never_owed_by_its_price_alone():
    contract = structs.replace(
        CONTRACT, accessorials=(free(ChargeKind.REDELIVERY), free(ChargeKind.LUMPER))
    )

    assert amounts(rated(contract)) == MAIN


def test_an_approval_of_a_standing_accessorial_is_not_owed_on_top():
    contract = structs.replace(CONTRACT, accessorials=(free(ChargeKind.LIFTGATE),))
    approved = approval(ChargeKind.LIFTGATE, "90.00", 2)

    assert amounts(rated(contract, approvals=[approved])) == MAIN | {"liftgate": "90.00"}


approvals = st.builds(
    approval,
    kind=st.sampled_from(ChargeKind),
    amount=st.decimals(0, 500, places=2).map(str),
    stop=st.integers(0, 2),
    fact=st.sampled_from(["A-1", "A-2", "A-3"]),
)


@given(st.lists(approvals, max_size=4, unique_by=lambda one: one.fact))
def test_never_owes_more_than_contract_and_approvals_together(approved):
    contract = structs.replace(CONTRACT, accessorials=(free(ChargeKind.LIFTGATE),))
    answer = rated(contract, visits=LATE_LEAVE, approvals=approved)

    owed = sum(one.charge.money.amount for one in answer.charges)
    assert Decimal("2306.25") <= owed
    assert owed <= Decimal("2306.25") + sum(one.money.amount for one in approved)
    refs = [one.charge_ref for one in answer.charges]
    assert len(refs) == len(set(refs))
    assert rated(contract, visits=LATE_LEAVE, approvals=approved[::-1]) == answer
