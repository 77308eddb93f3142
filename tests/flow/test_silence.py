"""A truck that is due and not heard of: when somebody must call, and when nobody need any more.

S-1001 is due at its pickup at 15:00 and at its delivery two days later at 14:00; the firm waits two
hours. Minutes count from Monday 14:00.
"""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.milestone import Source
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.freight.tender import Answer
from tests.flow.stage import MONDAY, Stage, acme, answered, driven, milestone, order, released, when
from tests.flow.test_orders_under_attack import cancelled, changed, later

TENDER = "S-1001-V1T1"
LOAD = StreamKey(StreamKind.SHIPMENT, "S-1001")
PICKUP_SILENT, DELIVERY_SILENT = 60 + 120, 2 * 24 * 60 + 120
SILENT = (CaseKind.SILENT_TRUCK, LOAD, "")


def covered(**policy: object) -> Stage:
    stage = Stage(acme(**policy))
    stage.learn(released(), answered(TENDER))
    return stage


def at(minutes: float) -> object:
    return MONDAY + timedelta(minutes=minutes)


def is_silent(stage: Stage) -> bool:
    flagged = {flag.kind for flag in stage.shipment("S-1001").flags}
    assert (SILENT in stage.cases) == (CaseKind.SILENT_TRUCK in flagged)
    return SILENT in stage.cases


def position(minutes: float, *, known: float | None = None, key: str = "") -> Fact:
    told = milestone(K.IN_TRANSIT, minutes, known=known)
    who = {"source": Source.GEOFENCE, "reported_by": "roadsense"}
    return structs.replace(told, key=f"position:{minutes}{key}", **who)


@pytest.mark.parametrize(
    ("minutes", "silent"),
    [(PICKUP_SILENT - 1 / 60, False), (PICKUP_SILENT, True)],
    ids=["last second", "two hours to the second"],
)
def test_a_truck_not_heard_of_two_hours_after_its_pickup_was_due_is_silent(minutes, silent):
    stage = covered()

    stage.pass_time(at(minutes))

    assert is_silent(stage) is silent


def test_the_case_says_whom_to_call_and_where_the_truck_is_due():
    stage = covered()

    stage.pass_time(at(PICKUP_SILENT))

    case = stage.cases[SILENT]
    assert (case.owner, case.due_at) == ("dispatch", at(PICKUP_SILENT + 60))
    assert "with ABCD since 2026-03-09 04:10 UTC" in case.text
    assert "pickup at stop 1, Dallas, TX" in case.text


def test_nobody_waits_for_a_load_that_no_carrier_has():
    stage = Stage()
    stage.learn(released(), answered(TENDER, Answer.DECLINED))

    stage.pass_time(at(10_000))

    assert not is_silent(stage)


@pytest.mark.parametrize(
    "word",
    [
        milestone(K.ARRIVED_PICKUP, 200),
        position(200),
        structs.replace(milestone(K.DELAYED, 200), source=Source.MANUAL, reported_by="Ann"),
        milestone(K.ESTIMATED, 900, known=200),
    ],
    ids=["the carrier", "telematics", "a person", "a forecast"],
)
def test_the_next_word_of_any_source_ends_the_silence(word):
    stage = covered()
    stage.pass_time(at(PICKUP_SILENT))

    stage.learn(word)

    assert not is_silent(stage)


def test_a_truck_that_reached_its_pickup_is_next_expected_at_the_delivery():
    stage = covered()
    stage.learn(milestone(K.ARRIVED_PICKUP, 50))

    stage.pass_time(at(DELIVERY_SILENT - 1))
    before = is_silent(stage)
    stage.pass_time(at(DELIVERY_SILENT))

    assert (before, is_silent(stage)) == (False, True)


def test_nobody_calls_about_a_truck_that_is_unloading_until_half_a_day_has_passed():
    stage = covered()
    arrived = 2 * 24 * 60 + 5
    stage.learn(milestone(K.ARRIVED_DELIVERY, arrived))

    stage.pass_time(at(arrived + 12 * 60 - 1))
    before = is_silent(stage)
    stage.pass_time(at(arrived + 12 * 60))

    assert (before, is_silent(stage)) == (False, True)


def test_a_word_after_the_truck_was_due_gives_two_more_hours():
    stage = covered()
    stage.learn(position(150, key=":early"), milestone(K.DELAYED, 2 * 24 * 60 + 100))

    stage.pass_time(at(2 * 24 * 60 + 219))
    before = is_silent(stage)
    stage.pass_time(at(2 * 24 * 60 + 220))

    assert (before, is_silent(stage)) == (False, True)


def test_there_is_one_case_for_each_silence():
    stage = covered()

    stage.pass_time(at(400))
    stage.learn(milestone(K.DELAYED, 410))
    stage.pass_time(at(529))
    between = is_silent(stage)
    stage.pass_time(at(530))

    notes = [text for _, text in stage.notes if text.startswith("Nothing was heard")]
    assert (len(notes), between, is_silent(stage)) == (2, False, True)


def test_old_news_that_comes_in_late_does_not_end_a_silence():
    stage = covered()
    stage.pass_time(at(400))
    notes = len(stage.notes)

    stage.learn(milestone(K.DELAYED, 100, known=410))

    assert is_silent(stage)
    assert len(stage.notes) == notes + 1  # the report itself, and no second case


@pytest.mark.parametrize("over", [driven()[3], cancelled(at=200)], ids=["delivered", "cancelled"])
def test_nobody_waits_for_a_truck_that_is_not_expected_any_more(over):
    stage = covered()
    stage.pass_time(at(PICKUP_SILENT))

    stage.learn(over)
    stage.pass_time(at(20_000))

    assert not is_silent(stage)
    assert not [name for stream, name in stage.deadlines if (stream, name) == (LOAD, "silence")]


def test_a_firm_may_be_more_patient_or_never_ask():
    patient, never = covered(silent_after_hours=5), covered(silent_after_hours=0)

    for stage in (patient, never):
        stage.pass_time(at(359))

    assert not is_silent(patient)
    assert not is_silent(never)
    patient.pass_time(at(360))
    assert is_silent(patient)


def test_a_carrier_that_has_not_confirmed_a_change_is_still_expected():
    stage = covered()
    stage.learn(changed(later(order(revision=2)), at=0), *driven()[:2])

    stage.pass_time(at(2 * 24 * 60 + 4 * 60 + 120))

    assert is_silent(stage)


@pytest.mark.parametrize("how", ["declines", "is silent"])
def test_nobody_waits_for_the_truck_of_a_carrier_that_lost_the_load(how):
    stage = covered()
    stage.pass_time(at(PICKUP_SILENT))
    stage.learn(changed(later(order(revision=2)), at=200))

    if how == "declines":
        stage.learn(answered("S-1001-V2T1", Answer.DECLINED, at=210))
    stage.pass_time(at(300))

    assert not is_silent(stage)
    assert (LOAD, "silence") not in stage.deadlines


def test_without_an_appointment_a_truck_is_late_when_the_window_has_closed():
    open_window = tuple(structs.replace(one, appointment_at=None) for one in order().stops)
    stage = Stage()
    stage.learn(released(order(stops=open_window)), answered(TENDER))

    stage.pass_time(at(60 + 4 * 60 + 119))
    before = is_silent(stage)
    stage.pass_time(at(60 + 4 * 60 + 120))

    assert (before, is_silent(stage)) == (False, True)


WORDS = (
    milestone(K.ARRIVED_PICKUP, 50),
    milestone(K.DEPARTED_PICKUP, 120, known=300),
    position(170, known=2000),
    milestone(K.ESTIMATED, 3000, known=400),
    structs.replace(milestone(K.DELAYED, 250, known=260), source=Source.MANUAL, reported_by="A"),
    milestone(K.ARRIVED_DELIVERY, 2 * 24 * 60 + 5, known=2 * 24 * 60 + 900),
)


@settings(deadline=None, max_examples=40)
@given(st.permutations(WORDS), st.integers(0, 6), st.booleans())
def test_the_order_in_which_words_come_in_never_changes_who_is_called(words, known, again):
    plain, mixed = covered(), covered()
    told = words[:known]
    end = at(4 * 24 * 60)

    plain.learn(*sorted(told, key=lambda one: one.learned_at))
    mixed.learn(*told, *(told if again else ()))

    assert plain.shipment("S-1001").word_due_at == mixed.shipment("S-1001").word_due_at
    for stage in (plain, mixed):
        stage.pass_time(end)
    assert is_silent(plain) == is_silent(mixed) is True


def test_a_deadline_that_was_overtaken_by_a_word_says_nothing():
    stage = covered()
    overtaken = stage.deadlines[LOAD, "silence"].fact
    stage.learn(milestone(K.ARRIVED_PICKUP, 50))

    stage.learn(structs.replace(overtaken, **when(PICKUP_SILENT)))

    assert not is_silent(stage)
