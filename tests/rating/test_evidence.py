"""What must be on file for a charge, and which papers are one and the same."""

from decimal import Decimal
from itertools import permutations

import pytest
from msgspec import structs

from drawbar.freight.accessorial import Evidence, Unit
from drawbar.freight.charge import ChargeKind as K
from drawbar.freight.movement import Proof
from drawbar.rating.evidence import needed, needs_approval, on_file
from tests.rating.accessorial_terms import clause, proof


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        (clause(K.LIFTGATE), ()),
        (clause(K.LUMPER), (Evidence.RECEIPT,)),
        (clause(K.REDELIVERY), (Evidence.ATTEMPT,)),
        (clause(K.LAYOVER), (Evidence.EVENTS,)),
        (clause(K.STORAGE), (Evidence.EVENTS,)),
        (clause(K.RECONSIGNMENT), (Evidence.EVENTS,)),
        (clause(K.OTHER, per=Unit.HOUR), (Evidence.EVENTS,)),
        (clause(K.OTHER, per=Unit.DAY), (Evidence.EVENTS,)),
        (clause(K.OTHER, per=Unit.RECEIPT), (Evidence.RECEIPT,)),
        (
            clause(K.OTHER, evidence=(Evidence.CERTIFICATE, Evidence.EVENTS)),
            (Evidence.CERTIFICATE, Evidence.EVENTS),
        ),
        (clause(K.LUMPER, evidence=(Evidence.CERTIFICATE,)), (Evidence.CERTIFICATE,)),
        (
            clause(
                K.OTHER,
                per=Unit.RECEIPT,
                evidence=(Evidence.EVENTS, Evidence.RECEIPT, Evidence.EVENTS),
            ),
            (Evidence.RECEIPT, Evidence.EVENTS),
        ),
    ],
    ids=[
        "nothing",
        "a lumper's receipt",
        "a failed attempt",
        "nights",
        "days of storage",
        "a reconsignment",
        "hours",
        "days",
        "a receipt, by its unit",
        "what the clause asks for, in its order",
        "what the clause asks for before what its kind does",
        "the receipt first, and each once",
    ],
)
def test_what_must_be_on_file(row, asked):
    assert needed(row) == asked
    assert not needs_approval(row)


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        (clause(K.LUMPER, needs_approval=True), ()),
        (clause(K.LUMPER, evidence=(Evidence.APPROVAL,)), ()),
        (clause(K.OTHER, per=Unit.HOUR, needs_approval=True), ()),
        (clause(K.LUMPER, per=Unit.RECEIPT, needs_approval=True), (Evidence.RECEIPT,)),
        (clause(K.OTHER, evidence=(Evidence.APPROVAL, Evidence.EVENTS)), (Evidence.EVENTS,)),
    ],
    ids=["by its flag", "by its evidence", "hours", "with a receipt", "with a report"],
)
def test_where_a_person_must_approve_only_what_the_clause_names_is_asked_for_beside(row, asked):
    assert needed(row) == asked
    assert needs_approval(row)


def receipt(fact: str, amount: str = "50.00", **changes: object) -> Proof:
    return structs.replace(proof(K.LUMPER, Evidence.RECEIPT, amount, fact=fact), **changes)


def kept(*papers: Proof) -> list[str]:
    """Return the facts that count, which are the same in whatever order the papers came."""
    counted = {
        tuple(one.fact for one in on_file(order, K.LUMPER, Evidence.RECEIPT))
        for order in permutations(papers)
    }
    assert len(counted) == 1
    return list(counted.pop())


@pytest.mark.parametrize(
    "other",
    [
        receipt("b"),
        receipt("b", document="x"),
        receipt("a", "70.00", stop=2, document="z"),
        receipt("b", stop=0),
    ],
    ids=["sent again", "sent again with its number", "the same fact", "sent without its stop"],
)
def test_the_same_paper_counts_once(other):
    assert len(kept(receipt("a"), other)) == 1


def test_the_same_document_is_one_paper_whatever_else_it_says():
    first = receipt("a", "50.00", document="x")

    assert kept(first, receipt("b", "70.00", stop=2, document="x", count=Decimal(9))) == ["a"]


@pytest.mark.parametrize(
    "other",
    [
        receipt("b", "50.01"),
        receipt("b", stop=3),
        receipt("b", count=Decimal(2)),
        receipt("b", document="y"),
    ],
    ids=["another amount", "another stop", "another count", "another document"],
)
def test_a_paper_that_says_something_else_is_another(other):
    assert sorted(kept(receipt("a", document="x"), other)) == ["a", "b"]


@pytest.mark.parametrize(
    ("clear", "vague"),
    [
        (receipt("z", document="x"), receipt("a")),
        (receipt("z", document="x"), receipt("a", document="x", stop=0)),
        (receipt("z", document="x"), structs.replace(receipt("a"), document="x", money=None)),
        (receipt("z", document="x", stop=0), receipt("a", stop=4)),
        (
            receipt("z", stop=4, document="x", money=None),
            receipt("a", "9.00", stop=0, document="x"),
        ),
        (receipt("a"), receipt("b")),
    ],
    ids=[
        "a document",
        "a stop",
        "an amount",
        "a document before a stop",
        "a stop before an amount",
        "else the first by name",
    ],
)
def test_of_one_paper_the_word_that_says_most_counts(clear, vague):
    assert kept(clear, vague) == [clear.fact]


def test_papers_stand_by_stop_and_then_by_name():
    papers = [
        receipt("b", stop=4, document="1"),
        receipt("a", stop=4, document="2"),
        receipt("c", stop=1, document="3"),
    ]

    assert kept(*papers) == ["c", "a", "b"]


def test_papers_of_another_charge_or_another_kind_are_not_on_file_for_this_one():
    others = (
        proof(K.STORAGE, Evidence.RECEIPT, "50.00", fact="a"),
        proof(K.LUMPER, Evidence.CERTIFICATE, "50.00", fact="b"),
    )

    assert on_file(others, K.LUMPER, Evidence.RECEIPT) == ()
    assert on_file((*others, receipt("c")), K.LUMPER, Evidence.RECEIPT) == (receipt("c"),)


def test_two_words_that_say_nothing_of_money_are_one_report():
    silent = [receipt(fact, money=None) for fact in ("a", "b")]

    assert kept(*silent) == ["a"]
    assert kept(silent[0], receipt("b")) == ["a", "b"]
