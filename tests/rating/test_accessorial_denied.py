"""Why an accessorial is not owed, in the words that the carrier reads, with the facts.

Linehaul 1,000.00 USD over 400 contract miles, 12,000 lb in 24 pieces, four stops in UTC.
"""

from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.freight.accessorial import DetentionRate, Evidence, Unit
from drawbar.freight.charge import ChargeKind as K
from drawbar.freight.lane import LaneRate
from drawbar.freight.money import Money
from drawbar.freight.verdict import Reason
from drawbar.rating.denied import Denied
from tests.rating.accessorial_terms import (
    agreed,
    approval,
    clause,
    denials,
    extras,
    proof,
    rated,
    visit,
)


def denied(kind: K, reason: Reason, text: str, *, stop: int = 0, facts: tuple[str, ...] = ()):
    return [Denied(kind=kind, stop=stop, reason=reason, text=text, facts=facts)]


@pytest.mark.parametrize(
    ("row", "reason", "what"),
    [
        (clause(K.LUMPER, "150"), Reason.RECEIPT, "receipt"),
        (clause(K.REDELIVERY, "95"), Reason.NO_EVENT, "attempt"),
        (clause(K.STORAGE, "40", Unit.DAY), Reason.NO_EVENT, "report of it"),
        (clause(K.RECONSIGNMENT, "95"), Reason.NO_EVENT, "report of it"),
        (clause(K.OTHER, "9", Unit.HOUR), Reason.NO_EVENT, "report of it"),
        (clause(K.OTHER, "9", Unit.RECEIPT), Reason.RECEIPT, "receipt"),
        (clause(K.OTHER, "9", evidence=(Evidence.CERTIFICATE,)), Reason.RECEIPT, "certificate"),
    ],
    ids=["lumper", "redelivery", "storage", "reconsignment", "by the hour", "receipt", "paper"],
)
def test_what_is_lacking_is_named_with_the_clause_that_asks_for_it(row, reason, what):
    text = f"no {what} is on file, which A-{row.kind.value} asks for"

    assert denials(rated(row)) == denied(row.kind, reason, text)


@pytest.mark.parametrize(
    "row",
    [
        clause(K.OTHER, "9", needs_approval=True),
        clause(K.OTHER, "9", evidence=(Evidence.APPROVAL,)),
    ],
    ids=["by its flag", "by its evidence"],
)
def test_a_clause_that_needs_a_person_says_so(row):
    text = "clause A-other needs an approval, and there is none"

    assert denials(rated(row)) == denied(K.OTHER, Reason.NOT_AUTHORISED, text)


def test_a_paper_does_not_take_the_place_of_a_person():
    row = clause(K.LUMPER, "0", Unit.RECEIPT, needs_approval=True)
    paper = proof(K.LUMPER, Evidence.RECEIPT, "150.00")
    text = "clause A-lumper needs an approval too, and there is none"

    assert denials(rated(row, proofs=(paper,))) == denied(K.LUMPER, Reason.NOT_AUTHORISED, text)


def test_a_person_does_not_take_the_place_of_a_paper():
    row = clause(K.LUMPER, "0", Unit.RECEIPT, needs_approval=True)
    found = rated(row, approvals=(approval(K.LUMPER, "150.00"),))

    assert extras(found) == []
    assert denials(found) == denied(
        K.LUMPER, Reason.RECEIPT, "no receipt is on file, which A-lumper asks for"
    )


def test_a_stop_without_the_mark_is_told_which_mark():
    row = clause(K.RESIDENTIAL, "85", Unit.STOP, place_is="residential")

    assert denials(rated(row)) == denied(
        K.RESIDENTIAL,
        Reason.NOT_AUTHORISED,
        "no stop is marked 'residential', which clause A-residential asks for",
    )


def test_what_is_free_is_told_with_what_counted_it():
    row = clause(K.STORAGE, "40", Unit.DAY, free=Decimal(2))
    paper = proof(K.STORAGE, Evidence.EVENTS, count=Decimal(2))

    assert denials(rated(row, proofs=(paper,))) == denied(
        K.STORAGE, Reason.NO_EVENT, "2 day are free by clause A-storage", stop=4, facts=("p-1",)
    )


@pytest.mark.parametrize(
    ("per", "load"),
    [
        (Unit.MILE, {"terms": {"lanes": (LaneRate(clause="L", flat=Decimal(1000)),)}}),
        (Unit.CWT, {"goods": ()}),
        (Unit.PIECE, {"goods": ()}),
    ],
)
def test_a_size_that_nobody_said_is_told(per, load):
    text = f"clause A-other is per {per.value}, and nobody said how many there are"

    assert denials(rated(clause(K.OTHER, "2", per), **load)) == denied(
        K.OTHER, Reason.NO_EVENT, text
    )


@pytest.mark.parametrize(("reason", "told"), [("AI", " (AI)"), ("", "")], ids=["why", "no why"])
def test_what_the_carrier_caused_is_its_own_and_told_with_the_facts(reason, told):
    own = proof(K.REDELIVERY, Evidence.ATTEMPT, by_carrier=True, reason=reason)
    text = f"the carrier itself caused the attempt at stop 4{told}"

    assert denials(rated(clause(K.REDELIVERY, "95"), proofs=(own,))) == denied(
        K.REDELIVERY, Reason.NOT_AUTHORISED, text, facts=("p-1",)
    )


def test_an_attempt_of_which_nobody_said_why_is_no_attempt():
    row = clause(K.REDELIVERY, "95", Unit.OCCURRENCE)
    silent = proof(K.REDELIVERY, Evidence.ATTEMPT, document="x")
    told = proof(K.REDELIVERY, Evidence.ATTEMPT, document="y", fact="p-2", reason="closed")

    assert denials(rated(row, proofs=(silent,))) == denied(
        K.REDELIVERY,
        Reason.NO_EVENT,
        "nobody said why the attempt at stop 4 failed",
        facts=("p-1",),
    )
    assert extras(rated(row, proofs=(silent, told))) == [
        agreed(
            row,
            "95.00",
            ("1 on file: attempt", ""),
            ("flat 95.00 USD by clause A-redelivery", "95.00 USD"),
            stop=4,
            facts=("p-2",),
        )
    ]


def test_a_receipt_that_says_no_amount_or_another_currency_is_named():
    row = clause(K.LUMPER, "0", Unit.RECEIPT)
    good = proof(K.LUMPER, Evidence.RECEIPT, "9.00", document="x")
    blank = proof(K.LUMPER, Evidence.RECEIPT, document="y", fact="p-2")
    foreign = structs.replace(good, document="z", fact="p-3", money=Money(Decimal(90), "CAD"))

    assert denials(rated(row, proofs=(good, blank))) == denied(
        K.LUMPER, Reason.RECEIPT, "the receipt on file says no amount", facts=("p-2",)
    )
    assert denials(rated(row, proofs=(good, foreign))) == denied(
        K.LUMPER, Reason.CURRENCY, "the receipt over 90 CAD is not in USD", facts=("p-3",)
    )


def test_without_a_night_the_layover_is_denied_and_a_late_truck_by_its_stop():
    row = clause(K.LAYOVER, "250", Unit.DAY)
    short = tuple(visit(stop, hours=1) for stop in (1, 2, 3, 4))

    assert denials(rated(row, visits=short)) == denied(
        K.LAYOVER, Reason.NO_EVENT, "the truck waited at no stop over night"
    )


def test_what_was_approved_is_used_up_stop_by_stop():
    row = clause(K.LUMPER, "0", Unit.RECEIPT, needs_approval=True)
    papers = (
        proof(K.LUMPER, Evidence.RECEIPT, "150.00", stop=2, document="x"),
        proof(K.LUMPER, Evidence.RECEIPT, "80.00", stop=3, document="y", fact="p-2"),
        proof(K.LUMPER, Evidence.RECEIPT, "40.00", stop=4, document="z", fact="p-3"),
    )
    found = rated(row, proofs=papers, approvals=(approval(K.LUMPER, "200.00"),))
    said = ("approved by Ines because asked", "up to 200.00 USD")

    assert extras(found) == [
        agreed(
            row,
            "150.00",
            ("1 on file: receipt", ""),
            ("150.00 USD as the receipt says", "150.00 USD"),
            said,
            stop=2,
            facts=("p-1", "a-1"),
        ),
        agreed(
            row,
            "50.00",
            ("1 on file: receipt", ""),
            ("80.00 USD as the receipt says", "80.00 USD"),
            said,
            stop=3,
            facts=("p-2", "a-1"),
        ),
    ]
    assert denials(found) == denied(
        K.LUMPER,
        Reason.NOT_AUTHORISED,
        "all that was approved of clause A-lumper is used up",
        stop=4,
        facts=("p-3",),
    )


def test_an_approval_of_another_kind_is_no_word_for_this_clause():
    row = clause(K.LUMPER, "0", Unit.RECEIPT, needs_approval=True)
    paper = proof(K.LUMPER, Evidence.RECEIPT, "150.00")
    found = rated(row, proofs=(paper,), approvals=(approval(K.STORAGE, "150.00"),))

    assert [one.charge_ref for one in extras(found)] == ["storage:0:a-1"]
    assert denials(found)[0].text == "clause A-lumper needs an approval too, and there is none"


def test_an_approval_in_another_currency_lets_no_receipt_through():
    row = clause(K.LUMPER, "0", Unit.RECEIPT, needs_approval=True)
    paper = proof(K.LUMPER, Evidence.RECEIPT, "150.00")
    pesos = structs.replace(approval(K.LUMPER, "0"), money=Money(Decimal(900), "MXN"))
    (charge,) = extras(rated(row, proofs=(paper,), approvals=(pesos,)))

    assert (charge.charge_ref, charge.charge.money) == ("lumper:0:a-1", pesos.money)


def test_a_late_truck_has_its_night_to_itself_and_is_told_at_which_stop():
    row = clause(K.LAYOVER, "250", Unit.DAY)
    terms = {"detention": DetentionRate(clause="D", rate=Decimal(0))}
    stay = (visit(1, hours=1), visit(2, hours=40, late=31), visit(3, hours=1), visit(4, hours=1))

    assert denials(rated(row, visits=stay, terms=terms)) == denied(
        K.LAYOVER,
        Reason.LATE_ARRIVAL,
        "arrived at stop 2 more than 30 min after it was due",
        stop=2,
        facts=("in-2", "out-2"),
    )


def test_a_night_does_not_take_the_place_of_a_paper_that_the_clause_asks_for_too():
    row = clause(K.LAYOVER, "250", evidence=(Evidence.EVENTS, Evidence.CERTIFICATE))
    stay = (visit(1, hours=1), visit(2, hours=40), visit(3, hours=1), visit(4, hours=1))
    report = proof(K.LAYOVER, Evidence.EVENTS, stop=2)

    assert denials(rated(row, visits=stay, proofs=(report,))) == denied(
        K.LAYOVER, Reason.RECEIPT, "no certificate is on file, which A-layover asks for"
    )


def test_a_size_that_nobody_said_is_told_at_its_stop():
    row = clause(K.RECONSIGNMENT, "2", Unit.MILE)
    bare = {"lanes": (LaneRate(clause="L", flat=Decimal(1000)),)}
    paper = proof(K.RECONSIGNMENT, Evidence.EVENTS)

    assert denials(rated(row, proofs=(paper,), terms=bare)) == denied(
        K.RECONSIGNMENT,
        Reason.NO_EVENT,
        "clause A-reconsignment is per mile, and nobody said how many there are",
        stop=4,
    )
