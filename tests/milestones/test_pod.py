"""What a proof of delivery is worth. 24 pieces were shipped; the rule asks for everything."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from msgspec import structs

from drawbar.freight.lineage import Lineage
from drawbar.freight.milestone import PodReceived
from drawbar.freight.party import PodRule
from drawbar.milestones.pod import (
    Pod,
    PodComplete,
    PodIncomplete,
    PodMissing,
    PodOver,
    PodShort,
    check,
    judge,
    received,
)

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
CLEAN = Pod(
    key="pod",
    happened_at=NOON,
    learned_at=NOON,
    signer="J. Doe",
    signed_on=date(2026, 3, 12),
    pieces=24,
)
EVERYTHING = PodRule()
ANYTHING = PodRule(signer_required=False, signed_on_required=False, pieces_required=False)


def pod(key: str = "pod", *, hour: int = 0, **changes: object) -> Pod:
    return structs.replace(CLEAN, key=key, happened_at=NOON + timedelta(hours=hour), **changes)


def checked(subject: Pod, rule: PodRule = EVERYTHING):
    return check(subject, rule=rule, pieces_shipped=24)


def judged(*pods: Pod):
    return judge(pods, rule=EVERYTHING, pieces_shipped=24)


def test_e06_a_clean_proof_is_complete():
    assert checked(CLEAN) == PodComplete(pod=CLEAN)


@pytest.mark.parametrize(
    ("gap", "missing"),
    [
        ({"signer": " "}, "the name of the person who signed"),
        ({"signed_on": None}, "the date of the signature"),
        ({"pieces": None}, "the number of pieces received"),
        ({"pieces": -1}, "the number of pieces received"),
        ({"legible": False}, "a legible document"),
    ],
    ids=["signer", "date", "pieces", "impossible pieces", "legible"],
)
def test_e06_a_proof_that_lacks_what_the_rule_asks_for_names_it(gap, missing):
    assert checked(pod(**gap)) == PodIncomplete(pod=pod(**gap), missing=(missing,))


def test_everything_that_is_missing_is_named_at_once():
    bare = pod(signer="", signed_on=None, pieces=None, legible=False)

    outcome = checked(bare)

    assert isinstance(outcome, PodIncomplete)
    assert len(outcome.missing) == 4


def test_what_the_customer_does_not_ask_for_may_be_missing():
    bare = pod(signer="", signed_on=None, pieces=None)

    assert checked(bare, ANYTHING) == PodComplete(pod=bare)


def test_an_illegible_proof_is_never_enough():
    assert isinstance(checked(pod(legible=False), ANYTHING), PodIncomplete)


@pytest.mark.parametrize("pieces", [22, 23, 0])
def test_e07_fewer_pieces_than_shipped_are_short(pieces):
    assert checked(pod(pieces=pieces)) == PodShort(
        pod=pod(pieces=pieces), missing_pieces=24 - pieces
    )


def test_missing_pieces_are_short_even_where_nobody_asks_for_a_count():
    assert isinstance(checked(pod(pieces=23), ANYTHING), PodShort)


def test_more_pieces_than_shipped_are_over():
    assert checked(pod(pieces=25)) == PodOver(pod=pod(pieces=25), extra_pieces=1)


def test_without_a_proof_there_is_none():
    assert judged() == PodMissing()


def test_a_complete_proof_counts_whatever_incomplete_ones_come_later():
    unsigned = pod("later", hour=5, signer="")

    assert judged(CLEAN, unsigned) == PodComplete(pod=CLEAN)


def test_of_two_proofs_complete_in_form_the_later_counts():
    recount = pod("recount", hour=3, pieces=22)

    assert judged(CLEAN, recount) == PodShort(pod=recount, missing_pieces=2)


def test_of_incomplete_proofs_the_one_that_lacks_least_speaks():
    nearly = pod("nearly", signer="")
    hardly = pod("hardly", hour=1, signer="", pieces=None)

    assert judged(nearly, hardly) == PodIncomplete(
        pod=nearly, missing=("the name of the person who signed",)
    )


def test_proofs_in_any_order_and_twice_are_the_same():
    facts = [
        PodReceived(
            key=f"pod-{hour}",
            happened_at=NOON + timedelta(hours=hour),
            learned_at=NOON,
            lineage=Lineage(message_ref="M-1"),
            references=(),
            pieces=hour,
        )
        for hour in range(3)
    ]

    outcomes = set()
    for order in permutations(facts):
        pods: tuple[Pod, ...] = ()
        for fact in (*order, *order):
            pods = received(pods, fact)
        outcomes.add(pods)

    assert len(outcomes) == 1
    assert [one.pieces for one in outcomes.pop()] == [0, 1, 2]
