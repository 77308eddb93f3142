"""What each clause of the accessorial catalogue comes to, and why another comes to nothing.

Linehaul 1,000.00 USD over 400 contract miles, 12,000 lb in 24 pieces, four stops in UTC.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.accessorial import AccessorialRate, DetentionRate, Evidence, Unit
from drawbar.freight.approval import Approval
from drawbar.freight.charge import ChargeKind as K
from drawbar.freight.contract import Contract, Side
from drawbar.freight.lane import LaneRate
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement, Proof
from drawbar.freight.order import Goods
from drawbar.freight.place import Place
from drawbar.freight.verdict import Reason
from drawbar.freight.visit import Visit
from drawbar.rating.shipment import Rated, rate
from drawbar.rating.unrated import Unrated

HOME = Place(name="A", zone="UTC")
MONDAY = datetime(2026, 3, 9, 16, tzinfo=UTC)


def clause(kind: K, amount: str = "0", per: Unit = Unit.SHIPMENT, **changes: object):
    plain = AccessorialRate(
        clause=f"A-{kind.value}", kind=kind, amount=Decimal(amount), per=per, needs_approval=False
    )
    return structs.replace(plain, **changes)


def visit(stop: int, *, hours: float | None = None, late: float = 0, marks: tuple[str, ...] = ()):
    due = MONDAY + timedelta(days=stop - 1)
    came = due + timedelta(minutes=late)
    return Visit(
        stop=stop,
        zone="UTC",
        due_at=due,
        arrived_at=came,
        departed_at=None if hours is None else came + timedelta(hours=hours),
        facts=(f"in-{stop}", f"out-{stop}"),
        marks=marks,
    )


STOPS = tuple(visit(stop) for stop in (1, 2, 3, 4))


def proof(kind: K, evidence: Evidence, money: str = "", **changes: object) -> Proof:
    plain = Proof(
        evidence=evidence,
        kind=kind,
        stop=4,
        money=Money(Decimal(money), "USD") if money else None,
        fact="p-1",
    )
    return structs.replace(plain, **changes)


def approval(kind: K, amount: str, *, stop: int = 0, fact: str = "a-1") -> Approval:
    money = Money(Decimal(amount), "USD")
    return Approval(
        kind=kind, money=money, stop=stop, approved_by="Ines", reason="asked", fact=fact
    )


def rated(*rows: AccessorialRate, contract: dict[str, object] | None = None, **load: object):
    terms = Contract(
        contract_ref="ABCD-2026",
        version=1,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2026, 1, 1),
        known_at=datetime(2026, 1, 1, tzinfo=UTC),
        lanes=(LaneRate(clause="L", flat=Decimal(1000), distance_mi=Decimal(400)),),
        accessorials=rows,
    )
    goods = (Goods(sku="P", pieces=24, weight_lb=Decimal(12000)),)
    plain = Movement(origin=HOME, destination=HOME, visits=STOPS, goods=goods)
    found = rate(
        structs.replace(terms, **(contract or {})),
        structs.replace(plain, **load),
        on=MONDAY.date(),
    )
    assert isinstance(found, Rated), found
    return found


def extras(found: Rated) -> dict[str, str]:
    return {
        one.charge_ref: str(one.charge.money.amount)
        for one in found.charges
        if one.charge.kind is not K.LINEHAUL
    }


def why(found: Rated, kind: K, stop: int = 0) -> tuple[Reason, str]:
    return found.why_not()[kind, stop]


@pytest.mark.parametrize(
    ("row", "owed"),
    [
        (clause(K.LIFTGATE, "75"), {"liftgate": "75.00"}),
        (clause(K.OTHER, "0.25", Unit.MILE), {"other": "100.00"}),
        (clause(K.OTHER, "0.25", Unit.MILE, free=Decimal(100)), {"other": "75.00"}),
        (clause(K.OTHER, "1.10", Unit.CWT), {"other": "132.00"}),
        (clause(K.OTHER, "0.65", Unit.PIECE), {"other": "15.60"}),
        (clause(K.OTHER, "12.5", Unit.LINEHAUL_PERCENT), {"other": "125.00"}),
        (clause(K.OTHER, "1.10", Unit.CWT, cap=Decimal(100)), {"other": "100.00"}),
        (clause(K.OTHER, "0.01", Unit.PIECE, minimum=Decimal(35)), {"other": "35.00"}),
        (clause(K.STOP_OFF, "60"), {"stop_off:2": "60.00", "stop_off:3": "60.00"}),
        (clause(K.STOP_OFF, "60", Unit.STOP, free=Decimal(1)), {"stop_off:3": "60.00"}),
        (clause(K.STOP_OFF, "60", Unit.STOP, free=Decimal(2)), {}),
    ],
    ids=str,
)
def test_what_a_clause_without_conditions_comes_to(row, owed):
    assert extras(rated(row)) == owed


def test_the_place_alone_makes_it_owed_where_the_clause_says_so():
    row = clause(K.RESIDENTIAL, "85", Unit.STOP, place_is="residential")
    marked = (STOPS[0], visit(2, marks=("Residential", "limited access")), *STOPS[2:])

    assert extras(rated(row, visits=marked)) == {"residential:2": "85.00"}
    assert why(rated(row), K.RESIDENTIAL) == (
        Reason.NOT_AUTHORISED,
        "no stop is marked 'residential', which clause A-residential asks for",
    )


def test_one_stop_is_never_charged_twice_for_one_kind():
    rows = (
        clause(K.LIFTGATE, "85", Unit.STOP, place_is="residential"),
        clause(K.LIFTGATE, "70", Unit.STOP, place_is="limited-access"),
    )
    marked = (STOPS[0], visit(2, marks=("residential", "limited access")), *STOPS[2:])

    assert extras(rated(*rows, visits=marked)) == {"liftgate:2": "85.00"}


@pytest.mark.parametrize(("hours", "owed"), [(9, {}), (12.9, {}), (13, {"layover:2": "250.00"})])
def test_a_layover_is_a_night_that_lasted_until_morning(hours, owed):
    row = clause(K.LAYOVER, "250", Unit.DAY)
    stay = (visit(1, hours=1), visit(2, hours=hours), visit(3, hours=1), visit(4, hours=1))

    assert extras(rated(row, visits=stay)) == owed


def test_two_nights_are_two_layovers_and_a_late_truck_has_its_night_to_itself():
    row = clause(K.LAYOVER, "250", Unit.DAY)
    stay = (visit(1, hours=1), visit(2, hours=40), visit(3, hours=1), visit(4, hours=1))
    late = (visit(1, hours=1), visit(2, hours=40, late=31), visit(3, hours=1), visit(4, hours=1))
    detention = {"detention": DetentionRate(clause="D", rate=Decimal(1), cap=Decimal(0))}

    assert extras(rated(row, visits=stay)) == {"layover:2": "500.00"}
    found = rated(row, visits=late, contract=detention)
    assert "layover:2" not in extras(found)
    assert why(found, K.LAYOVER, 2)[0] is Reason.LATE_ARRIVAL


def test_a_lumper_is_owed_as_its_receipt_says_with_the_fee_up_to_the_cap():
    row = clause(K.LUMPER, "10", Unit.RECEIPT, cap=Decimal(200))

    assert extras(rated(row, proofs=(proof(K.LUMPER, Evidence.RECEIPT, "150.00"),))) == {
        "lumper:4": "160.00"
    }
    assert extras(rated(row, proofs=(proof(K.LUMPER, Evidence.RECEIPT, "250.00"),))) == {
        "lumper:4": "200.00"
    }


@pytest.mark.parametrize(
    ("row", "reason", "text"),
    [
        (clause(K.LUMPER, "150"), Reason.RECEIPT, "no receipt is on file"),
        (clause(K.REDELIVERY, "95"), Reason.NO_EVENT, "no attempt is on file"),
        (clause(K.STORAGE, "40", Unit.DAY), Reason.NO_EVENT, "no report of it is on file"),
        (clause(K.RECONSIGNMENT, "95"), Reason.NO_EVENT, "no report of it is on file"),
        (
            clause(K.OTHER, "9", evidence=(Evidence.CERTIFICATE,)),
            Reason.RECEIPT,
            "no certificate is on file",
        ),
        (clause(K.OTHER, "9", needs_approval=True), Reason.NOT_AUTHORISED, "needs an approval"),
        (
            clause(K.OTHER, "9", evidence=(Evidence.APPROVAL,)),
            Reason.NOT_AUTHORISED,
            "needs an approval",
        ),
    ],
    ids=str,
)
def test_what_is_not_on_file_is_denied_by_name(row, reason, text):
    found = rated(row)

    assert extras(found) == {}
    assert why(found, row.kind)[0] is reason
    assert text in why(found, row.kind)[1]


def test_storage_is_owed_beyond_its_free_days():
    row = clause(K.STORAGE, "40", Unit.DAY, free=Decimal(2))

    def days(count: int) -> Rated:
        return rated(row, proofs=(proof(K.STORAGE, Evidence.EVENTS, count=Decimal(count)),))

    assert extras(days(5)) == {"storage:4": "120.00"}
    assert extras(days(2)) == {}
    assert why(days(2), K.STORAGE, 4) == (Reason.NO_EVENT, "2 day are free by clause A-storage")


def test_an_attempt_that_the_carrier_caused_is_its_own():
    own = proof(K.REDELIVERY, Evidence.ATTEMPT, by_carrier=True, reason="AI")
    found = rated(clause(K.REDELIVERY, "95"), proofs=(own,))

    assert extras(found) == {}
    assert why(found, K.REDELIVERY) == (
        Reason.NOT_AUTHORISED,
        "the carrier itself caused the attempt at stop 4 (AI)",
    )


def test_a_receipt_in_another_currency_or_without_an_amount_is_no_receipt():
    row = clause(K.LUMPER, "0", Unit.RECEIPT)
    paper = proof(K.LUMPER, Evidence.RECEIPT, "90.00")
    foreign = structs.replace(paper, money=Money(Decimal(90), "CAD"))

    assert why(rated(row, proofs=(foreign,)), K.LUMPER)[0] is Reason.CURRENCY
    blank = proof(K.LUMPER, Evidence.RECEIPT)
    assert why(rated(row, proofs=(blank,)), K.LUMPER)[0] is Reason.RECEIPT


def test_what_needs_paper_and_person_is_owed_up_to_what_was_approved_once():
    row = clause(K.LUMPER, "0", Unit.RECEIPT, needs_approval=True)
    papers = (
        proof(K.LUMPER, Evidence.RECEIPT, "150.00", stop=2, document="x"),
        proof(K.LUMPER, Evidence.RECEIPT, "150.00", stop=4, document="y", fact="p-2"),
    )
    found = rated(row, proofs=papers, approvals=(approval(K.LUMPER, "200.00"),))

    assert extras(found) == {"lumper:2": "150.00", "lumper:4": "50.00"}


def test_per_mile_without_contract_miles_is_not_a_charge_of_one_mile():
    bare = {"lanes": (LaneRate(clause="L", flat=Decimal(1000)),)}
    found = rated(clause(K.OTHER, "2", Unit.MILE), contract=bare)

    assert extras(found) == {}
    assert why(found, K.OTHER)[0] is Reason.NO_EVENT


def test_every_charge_names_its_clause_its_facts_and_its_steps():
    paper = proof(K.LUMPER, Evidence.RECEIPT, "150.00")
    (charge,) = (
        one
        for one in rated(clause(K.LUMPER, "0", Unit.RECEIPT), proofs=(paper,)).charges
        if one.charge.kind is K.LUMPER
    )

    assert (charge.why.clause, charge.why.facts) == ("A-lumper", ("p-1",))
    assert charge.why.steps[-1].text == "150.00 USD as the receipt says"


papers = st.builds(
    proof,
    kind=st.just(K.LUMPER),
    evidence=st.just(Evidence.RECEIPT),
    money=st.decimals("0.01", 300, places=2).map(str),
    stop=st.integers(0, 4),
    document=st.sampled_from(["", "x", "y"]),
    fact=st.sampled_from(["p-1", "p-2", "p-3", "p-4"]),
)


@given(st.lists(papers, max_size=4, unique_by=lambda one: one.fact), st.data())
def test_papers_count_once_each_in_any_order_and_never_above_cap_or_sum(filed, data):
    row = clause(K.LUMPER, "0", Unit.RECEIPT, cap=Decimal(200))
    found = extras(rated(row, proofs=tuple(filed)))

    assert found == extras(rated(row, proofs=tuple(data.draw(st.permutations(filed)))))
    assert found == extras(rated(row, proofs=(*filed, *filed)))
    sums = [Decimal(amount) for amount in found.values()]
    assert sum(sums) <= sum(one.money.amount for one in filed)
    assert all(0 < one <= 200 for one in sums)


approvals = st.builds(
    approval,
    kind=st.just(K.LUMPER),
    amount=st.decimals(0, 400, places=2).map(str),
    stop=st.integers(0, 4),
    fact=st.sampled_from(["a-1", "a-2", "a-3"]),
)


@given(
    st.lists(papers, max_size=3, unique_by=lambda one: one.fact),
    st.lists(approvals, max_size=3, unique_by=lambda one: one.fact),
)
def test_paper_and_person_together_never_owe_more_than_either(filed, given_):
    row = clause(K.LUMPER, "0", Unit.RECEIPT, needs_approval=True)
    owed = sum(
        Decimal(amount)
        for amount in extras(rated(row, proofs=tuple(filed), approvals=tuple(given_))).values()
    )

    assert owed <= sum(one.money.amount for one in filed)
    assert owed <= sum(one.money.amount for one in given_)


def test_a_whole_that_has_no_price_stays_without_one():
    contract = Contract(
        contract_ref="X",
        version=1,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2026, 1, 1),
        lanes=(),
        accessorials=(clause(K.LIFTGATE, "75"),),
    )
    load = Movement(origin=HOME, destination=HOME, visits=STOPS)

    assert isinstance(rate(contract, load, on=MONDAY.date()), Unrated)
