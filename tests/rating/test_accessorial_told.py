"""What each accessorial clause says that it counted: the units, the figure, the bound.

Linehaul 1,000.00 USD over 400 contract miles, 12,000 lb in 24 pieces, four stops in UTC.
"""

from decimal import Decimal

import pytest

from drawbar.freight.accessorial import Evidence, Unit
from drawbar.freight.charge import ChargeKind as K
from tests.rating.accessorial_terms import (
    STOPS,
    agreed,
    approval,
    clause,
    extras,
    proof,
    rated,
    visit,
)

STANDING = ("no approval needed", "")


@pytest.mark.parametrize(
    ("row", "amount", "step"),
    [
        (clause(K.LIFTGATE, "75"), "75.00", "flat 75.00 USD by clause A-liftgate"),
        (clause(K.OTHER, "9", Unit.OCCURRENCE), "9.00", "flat 9.00 USD by clause A-other"),
        (clause(K.OTHER, "0.25", Unit.MILE), "100.00", "400 mile at 0.25 USD"),
        (
            clause(K.OTHER, "0.25", Unit.MILE, free=Decimal(100)),
            "75.00",
            "300 mile beyond 100 free at 0.25 USD",
        ),
        (
            clause(K.OTHER, "0.25", Unit.MILE, free=Decimal(399)),
            "0.25",
            "1 mile beyond 399 free at 0.25 USD",
        ),
        (clause(K.OTHER, "1.10", Unit.CWT), "132.00", "120 cwt at 1.10 USD"),
        (clause(K.OTHER, "0.65", Unit.PIECE), "15.60", "24 piece at 0.65 USD"),
        (
            clause(K.OTHER, "12.5", Unit.LINEHAUL_PERCENT, free=Decimal(3)),
            "125.00",
            "12.5 % of the linehaul of 1,000.00 USD",
        ),
        (
            clause(K.OTHER, "0.125", Unit.PIECE, free=Decimal(21)),
            "0.38",
            "3 piece beyond 21 free at 0.125 USD",
        ),
    ],
    ids=[
        "flat",
        "once",
        "miles",
        "miles beyond the free ones",
        "the last mile beyond the free ones",
        "hundredweight",
        "pieces",
        "percent of the linehaul, which has no free part",
        "half a cent up, once",
    ],
)
def test_a_clause_without_conditions_says_what_it_counted(row, amount, step):
    (charge,) = extras(rated(row))

    assert charge == agreed(row, amount, STANDING, (step, f"{amount} USD"))


def test_a_minimum_and_a_cap_stand_among_the_steps_where_they_decide():
    least = clause(K.OTHER, "0.01", Unit.PIECE, minimum=Decimal("35.005"))
    most = clause(K.STORAGE, "1.10", Unit.CWT, cap=Decimal("100.004"), evidence=())

    (charge,) = extras(rated(least))
    assert charge == agreed(
        least,
        "35.01",
        STANDING,
        ("24 piece at 0.01 USD", "0.24 USD"),
        ("below the minimum of 35.01 USD", "35.01 USD"),
    )
    (charge,) = extras(rated(most, proofs=(proof(K.STORAGE, Evidence.EVENTS),)))
    assert charge == agreed(
        most,
        "100.00",
        ("1 on file: events", ""),
        ("120 cwt at 1.10 USD", "132.00 USD"),
        ("above the cap of 100.00 USD", "100.00 USD"),
        stop=4,
        facts=("p-1",),
    )


def test_at_the_minimum_and_at_the_cap_neither_decides():
    row = clause(K.OTHER, "0.65", Unit.PIECE, minimum=Decimal("15.60"), cap=Decimal("15.60"))

    (charge,) = extras(rated(row))
    assert charge == agreed(row, "15.60", STANDING, ("24 piece at 0.65 USD", "15.60 USD"))


def test_each_stop_on_the_way_says_its_clause_and_the_first_ones_are_free():
    row = clause(K.STOP_OFF, "60", Unit.STOP, free=Decimal(1))

    assert extras(rated(row)) == [
        agreed(row, "60.00", STANDING, ("flat 60.00 USD by clause A-stop_off", "60.00 USD"), stop=3)
    ]


def test_a_marked_place_is_the_reason_it_is_owed():
    row = clause(K.RESIDENTIAL, "85", Unit.OCCURRENCE, place_is="limited_access")
    marked = (STOPS[0], visit(2, marks=("Limited-Access",)), visit(3, marks=("limited  access",)))
    flat = ("flat 85.00 USD by clause A-residential", "85.00 USD")
    told = ("a place marked 'limited_access'", "")

    assert extras(rated(row, visits=marked)) == [
        agreed(row, "85.00", told, flat, stop=2),
        agreed(row, "85.00", told, flat, stop=3),
    ]


def test_a_mark_for_the_whole_load_is_charged_once():
    row = clause(K.RESIDENTIAL, "85", place_is="residential")
    marked = (STOPS[0], visit(2, marks=("residential",)), visit(3, marks=("residential",)))

    assert extras(rated(row, visits=marked)) == [
        agreed(
            row,
            "85.00",
            ("a place marked 'residential'", ""),
            ("flat 85.00 USD by clause A-residential", "85.00 USD"),
        )
    ]


def test_a_receipt_is_told_with_its_fee():
    row = clause(K.LUMPER, "10", Unit.RECEIPT, free=Decimal(5))
    paper = proof(K.LUMPER, Evidence.RECEIPT, "150.00")

    assert extras(rated(row, proofs=(paper,))) == [
        agreed(
            row,
            "160.00",
            ("1 on file: receipt", ""),
            ("150.00 USD as the receipt says and a fee of 10 USD", "160.00 USD"),
            stop=4,
            facts=("p-1",),
        )
    ]


def test_all_receipts_of_a_stop_are_one_charge_with_all_their_facts():
    row = clause(K.LUMPER, "0", Unit.RECEIPT)
    papers = (
        proof(K.LUMPER, Evidence.RECEIPT, "150.00", document="x"),
        proof(K.LUMPER, Evidence.RECEIPT, "20.50", document="y", fact="p-2"),
        proof(K.LUMPER, Evidence.RECEIPT, "7.00", document="z", fact="p-3", stop=2),
    )

    assert extras(rated(row, proofs=papers)) == [
        agreed(
            row,
            "7.00",
            ("1 on file: receipt", ""),
            ("7.00 USD as the receipt says", "7.00 USD"),
            stop=2,
            facts=("p-3",),
        ),
        agreed(
            row,
            "170.50",
            ("2 on file: receipt", ""),
            ("170.50 USD as the receipt says", "170.50 USD"),
            stop=4,
            facts=("p-1", "p-2"),
        ),
    ]


def test_what_is_on_file_is_counted_unless_the_clause_is_once_for_a_stop_or_the_load():
    days = (
        proof(K.STORAGE, Evidence.EVENTS, count=Decimal(3), document="x"),
        proof(K.STORAGE, Evidence.EVENTS, count=Decimal(2), document="y", fact="p-2", stop=2),
    )
    per_day = clause(K.STORAGE, "40", Unit.DAY)
    per_stop = clause(K.STORAGE, "40", Unit.STOP)
    whole = clause(K.STORAGE, "40")
    one = ("1 on file: events", "")

    assert extras(rated(per_day, proofs=days)) == [
        agreed(per_day, "80.00", one, ("2 day at 40 USD", "80.00 USD"), stop=2, facts=("p-2",)),
        agreed(per_day, "120.00", one, ("3 day at 40 USD", "120.00 USD"), stop=4, facts=("p-1",)),
    ]
    flat = ("flat 40.00 USD by clause A-storage", "40.00 USD")
    assert extras(rated(per_stop, proofs=days)) == [
        agreed(per_stop, "40.00", one, flat, stop=2, facts=("p-2",)),
        agreed(per_stop, "40.00", one, flat, stop=4, facts=("p-1",)),
    ]
    assert extras(rated(whole, proofs=days)) == [
        agreed(whole, "40.00", ("2 on file: events", ""), flat, facts=("p-2", "p-1"))
    ]


def test_one_unit_on_file_is_the_whole_load_and_several_are_themselves():
    row = clause(K.RECONSIGNMENT, "0.50", Unit.MILE)

    def owed(count: int) -> str:
        paper = proof(K.RECONSIGNMENT, Evidence.EVENTS, count=Decimal(count))
        (charge,) = extras(rated(row, proofs=(paper,)))
        return charge.why.steps[1].text

    assert owed(1) == "400 mile at 0.50 USD"
    assert owed(2) == "2 mile at 0.50 USD"


def test_nights_are_told_from_when_to_when():
    row = clause(K.LAYOVER, "250", Unit.DAY)
    stay = (visit(1, hours=1), visit(2, hours=40), visit(3, hours=1), visit(4, hours=1))

    assert extras(rated(row, visits=stay)) == [
        agreed(
            row,
            "500.00",
            ("from 2026-03-10 16:00 to 2026-03-12 08:00 at stop 2", ""),
            ("2 day at 250 USD", "500.00 USD"),
            stop=2,
            facts=("in-2", "out-2"),
        )
    ]


def test_a_clause_of_a_kind_that_has_terms_elsewhere_hides_none_that_follows():
    rows = clause(K.DETENTION, "20", Unit.HOUR), clause(K.LIFTGATE, "75")

    assert [one.charge_ref for one in extras(rated(*rows))] == ["liftgate"]


def test_a_kind_charged_for_the_whole_load_is_not_charged_at_a_stop_nor_the_other_way_round():
    whole = clause(K.LIFTGATE, "75")
    by_stop = clause(K.LIFTGATE, "60", Unit.STOP, place_is="dock")
    marked = (STOPS[0], visit(2, marks=("dock",)), *STOPS[2:])

    assert [one.charge_ref for one in extras(rated(whole, by_stop, visits=marked))] == ["liftgate"]
    assert [one.charge_ref for one in extras(rated(by_stop, whole, visits=marked))] == [
        "liftgate:2"
    ]


def test_approvals_that_two_clauses_took_are_no_charges_of_their_own():
    rows = (
        clause(K.LUMPER, "0", Unit.RECEIPT, needs_approval=True),
        clause(K.STORAGE, "40", Unit.DAY, evidence=(Evidence.EVENTS,), needs_approval=True),
    )
    papers = (
        proof(K.LUMPER, Evidence.RECEIPT, "50.00", stop=2),
        proof(K.STORAGE, Evidence.EVENTS, fact="p-2"),
    )
    given = (
        approval(K.LUMPER, "90.00", stop=2),
        approval(K.STORAGE, "90.00", stop=4, fact="a-2"),
    )
    found = extras(rated(*rows, proofs=papers, approvals=given))

    assert {one.charge_ref: str(one.charge.money.amount) for one in found} == {
        "lumper:2": "50.00",
        "storage:4": "40.00",
    }


def test_storage_is_proven_by_reports_though_the_truck_left_at_once():
    row = clause(K.STORAGE, "40", Unit.DAY)
    left = tuple(visit(stop, hours=1) for stop in (1, 2, 3, 4))
    (charge,) = extras(rated(row, visits=left, proofs=(proof(K.STORAGE, Evidence.EVENTS),)))

    assert charge.charge_ref == "storage:4"


def test_papers_of_the_whole_load_count_for_a_marked_stop_and_those_of_other_stops_do_not():
    row = clause(K.STORAGE, "40", Unit.DAY, place_is="yard")
    marked = (STOPS[0], visit(2, marks=("yard",)), *STOPS[2:])
    papers = [
        proof(K.STORAGE, Evidence.EVENTS, stop=stop, fact=f"p-{stop}", document=f"{stop}")
        for stop in (0, 1)
    ]
    (charge,) = extras(rated(row, visits=marked, proofs=papers))

    assert (charge.charge_ref, charge.why.facts) == ("storage", ("p-0",))
