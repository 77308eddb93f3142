"""What holds for whatever we send to whatever system: the effect comes about once, or we know."""

import time

import pytest

from drawbar.connectors.port import Unreachable
from drawbar.freight.delivery import (
    Confirmed,
    Conflict,
    Existing,
    NeedsConfirmation,
    Rejected,
    Unknown,
)

pytestmark = pytest.mark.system


def test_sends_once_and_is_found_under_our_key(bench):
    outcome = bench.connector.send(bench.sending)

    assert isinstance(outcome, Confirmed)
    assert bench.connector.find(bench.kind, bench.sending.business_key) == (outcome.document,)
    assert bench.held() == 1


def test_an_answer_lost_after_the_effect_is_unknown_and_found_without_a_double(bench):
    bench.far.fault("lose_answer", method="POST", path=bench.act)

    assert isinstance(bench.connector.send(bench.sending), Unknown)
    (document,) = bench.connector.find(bench.kind, bench.sending.business_key)
    again = bench.connector.send(bench.again())

    assert isinstance(again, Existing)
    assert again.document == document
    assert bench.held() == 1


def test_a_request_lost_before_the_effect_is_not_found_and_sent_again_makes_one(bench):
    bench.far.fault("lose_request", method="POST", path=bench.act)

    assert isinstance(bench.connector.send(bench.sending), Unknown)
    assert bench.connector.find(bench.kind, bench.sending.business_key) == ()
    assert isinstance(bench.connector.send(bench.again()), Confirmed)
    assert bench.held() == 1


def test_a_second_sending_of_the_same_is_existing(bench):
    first = bench.connector.send(bench.sending)
    second = bench.connector.send(bench.again())

    assert isinstance(second, Existing)
    assert second.document == first.document


def test_other_content_under_our_key_is_a_conflict(bench):
    bench.connector.send(bench.sending)

    outcome = bench.connector.send(bench.again(payload=bench.other))

    assert isinstance(outcome, Conflict)
    assert len(outcome.documents) == 1
    assert bench.held() == 1


def test_two_of_ours_under_one_key_are_a_conflict_that_names_both(bench):
    bench.connector.send(bench.sending)
    bench.connector.send(bench.sending)  # as if somebody had forgotten the first attempt

    outcome = bench.connector.send(bench.again())

    assert isinstance(outcome, Conflict)
    assert set(outcome.documents) == set(
        bench.connector.find(bench.kind, bench.sending.business_key)
    )
    assert len(outcome.documents) == 2


def test_a_refusal_names_the_field(bench):
    outcome = bench.connector.send(bench.again(payload=bench.refused))

    assert isinstance(outcome, Rejected)
    assert outcome.field == bench.field


def test_a_refusal_counts_whatever_the_status_says(bench):
    error = {"error": {"code": "CREDIT", "field": "total", "message": "too much"}}
    bench.far.fault("refuse", method="POST", path=bench.act, status=503, body=error)

    outcome = bench.connector.send(bench.sending)

    assert isinstance(outcome, Rejected)
    assert outcome.field == "total"


def test_a_question_to_a_person_is_no_refusal(bench):
    error = {"error": {"code": "CONFIRM", "field": "", "message": "seen before. Go on?"}}
    bench.far.fault("refuse", method="POST", path=bench.act, status=409, body=error)

    outcome = bench.connector.send(bench.sending)

    assert isinstance(outcome, NeedsConfirmation)
    assert outcome.text == "seen before. Go on?"


@pytest.mark.parametrize("fault", ["too_many", "unavailable", "garble"])
def test_what_is_no_word_of_the_system_leaves_it_unknown(bench, fault):
    bench.far.fault(fault, method="POST", path=bench.act)

    assert isinstance(bench.connector.send(bench.sending), Unknown)


def test_an_effect_that_comes_after_our_patience_is_found_once_it_is_there(bench):
    bench.far.fault("delay", method="POST", path=bench.act, seconds=1.5)

    assert isinstance(bench.connector.send(bench.sending), Unknown)
    while not bench.held():
        time.sleep(0.1)

    assert isinstance(bench.connector.send(bench.again()), Existing)
    assert bench.held() == 1


def test_an_outage_is_unknown_when_sending_and_unreachable_when_asking(bench):
    bench.far.fault("outage")

    assert isinstance(bench.connector.send(bench.sending), Unknown)
    assert not bench.connector.probe()
    with pytest.raises(Unreachable):
        bench.connector.find(bench.kind, bench.sending.business_key)


def test_is_well_again_after_an_outage(bench):
    bench.far.fault("outage")
    bench.far.recover()

    assert bench.connector.probe()


def test_renders_the_same_bytes_on_every_attempt(bench):
    assert bench.connector.render(bench.sending) == bench.connector.render(bench.again())
    assert bench.connector.render(bench.sending)


def test_a_committed_effect_survives_the_death_of_the_system(bench):
    outcome = bench.connector.send(bench.sending)
    bench.far.kill()
    bench.far.start()

    found = bench.connector.find(bench.kind, bench.sending.business_key)

    assert found == (outcome.document,)
