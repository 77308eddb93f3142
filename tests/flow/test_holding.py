"""A load that a person stops and lets go on; what cancelling would cost, before the click."""

from datetime import timedelta

import pytest
from msgspec import structs

from drawbar.flow import board
from drawbar.flow.cancellation import owing
from drawbar.flow.holding import UnknownOrder
from drawbar.freight.case import CaseKind
from drawbar.freight.order import ChangeRefused
from drawbar.freight.stream import StreamKind
from drawbar.freight.tender import Answer, HoldLifted, LoadHeld
from tests.flow.stage import MONDAY, Stage, acme, answered, driven, order, released, usd, when
from tests.flow.test_by_hand import asked
from tests.flow.test_orders_under_attack import Guarded, cancelled, changed, later, reserved

FIRST = "S-1001-V1T1"


def tendered() -> Stage:
    stage = Guarded()
    stage.learn(released())
    return stage


def covered() -> Stage:
    stage = tendered()
    stage.learn(answered(FIRST))
    return stage


def held(*, at: float = -580) -> LoadHeld:
    because = {"held_by": "Ann", "reason": "the customer calls back"}
    return LoadHeld(key=f"held:{at}", shipment_ref="S-1001", **because, **when(at))


def lifted(*, at: float = -570) -> HoldLifted:
    because = {"lifted_by": "Bob", "reason": "they called"}
    return HoldLifted(key=f"lifted:{at}", shipment_ref="S-1001", **because, **when(at))


def refused(revision: int = 2, *, at: float = -480) -> ChangeRefused:
    because = {"refused_by": "Ann", "reason": "the dock is closed then"}
    return ChangeRefused(
        key=f"refused:{revision}:{at}", order_ref="1001", revision=revision, **because, **when(at)
    )


def test_nobody_is_asked_about_a_load_on_hold_and_who_was_is_told():
    stage = tendered()

    stage.learn(held())
    stage.pass_time(MONDAY)

    assert asked(stage) == []
    assert [one.business_key for one in stage.sent("TenderLoad")][-1] == f"{FIRST}:cancel"
    assert stage.open_cases() == {CaseKind.LOAD_ON_HOLD}


def test_a_load_that_goes_on_is_offered_to_the_next_carrier():
    stage = tendered()

    stage.learn(held(), lifted())

    assert asked(stage) == ["NRTH"]
    assert stage.open_cases() == set()


def test_who_has_a_load_keeps_it_while_it_is_on_hold_and_may_still_give_it_back():
    stage = covered()

    stage.learn(held())
    assert stage.shipment("S-1001").carrier_ref == "ABCD"
    stage.learn(answered(FIRST, Answer.DECLINED, at=-575))

    assert (stage.shipment("S-1001").carrier_ref, asked(stage)) == ("", [])
    stage.learn(lifted())
    assert asked(stage) == ["NRTH"]


def test_goods_that_are_set_aside_meanwhile_are_offered_when_the_load_goes_on():
    stage = Guarded(acme(wms="wms"))
    stage.learn(released(), held(), reserved(24, at=-575))
    assert asked(stage) == []

    stage.learn(lifted())

    assert asked(stage) == ["ABCD"]


@pytest.mark.parametrize(
    "words",
    [(held(), lifted()), (lifted(), held()), (held(), held(), lifted(), lifted())],
    ids=["in order", "the other way round", "everything twice"],
)
def test_a_hold_and_its_end_mean_the_same_in_every_order(words):
    stage = covered()

    stage.learn(*words)

    assert stage.shipment("S-1001").holding.hold is None


def test_a_hold_said_after_the_lifting_stands():
    stage = covered()

    stage.learn(held(at=-560), lifted(at=-570))

    assert stage.shipment("S-1001").holding.hold.by == "Ann"


def test_the_board_tells_a_load_on_hold_and_one_that_was_changed_after_its_tender():
    stopped, amended = tendered(), covered()
    stopped.learn(held())
    amended.learn(changed(later(order(revision=2))))

    rows = [board.row(stage.shipment("S-1001")) for stage in (stopped, amended)]

    assert [(row["status"], row["flags"]) for row in rows] == [
        ("on_hold", "load_on_hold"),
        ("tendered", "changed_after_tender"),
    ]


def test_a_cancelled_order_ends_the_hold():
    stage = tendered()
    stage.learn(held(), cancelled())

    assert stage.open_cases() == set()


def test_a_refused_change_stops_the_load_and_is_for_sales():
    stage = covered()
    stage.learn(changed(later(order(revision=2))))

    stage.learn(refused())

    (case,) = stage.cases.values()
    assert (case.kind, case.owner, case.subject.kind) == (
        CaseKind.CHANGE_REFUSED,
        "sales",
        StreamKind.ORDER,
    )
    assert stage.shipment("S-1001").holding.hold.revision == 2


def test_after_a_refusal_the_carrier_keeps_the_load_and_its_silence_gets_an_owner():
    stage = covered()
    stage.learn(changed(later(order(revision=2))), refused())

    stage.pass_time(MONDAY)

    assert [one.carrier_ref for one in stage.shipment("S-1001").waterfall.in_hand] == ["ABCD"]
    assert stage.open_cases() == {CaseKind.CHANGE_REFUSED, CaseKind.CHANGE_UNANSWERED}


def test_the_next_revision_lets_a_refused_load_go_on():
    stage = covered()
    stage.learn(changed(later(order(revision=2))), refused())

    stage.learn(changed(order(revision=3), at=-470), answered("S-1001-V3T1", at=-460))

    state = stage.shipment("S-1001")
    assert (state.holding.hold, state.carrier_ref) == (None, "ABCD")
    assert stage.open_cases() == set()


def test_a_hold_by_hand_outlives_the_next_revision():
    stage = covered()

    stage.learn(held(), changed(later(order(revision=2))))

    assert stage.shipment("S-1001").holding.hold is not None


def test_who_lets_a_refused_change_go_on_after_its_time_gives_the_load_to_the_next():
    stage = covered()
    stage.learn(changed(later(order(revision=2))), refused())
    stage.pass_time(MONDAY - timedelta(minutes=100))

    stage.learn(lifted(at=-90))

    assert asked(stage) == ["NRTH"]
    assert stage.open_cases() == {CaseKind.CHANGE_UNANSWERED}


def test_a_revision_that_is_not_in_force_is_not_refused():
    stage = covered()
    stage.learn(changed(later(order(revision=2))), changed(order(revision=3), at=-490))
    before = dict(stage.states)

    stage.learn(refused())

    assert stage.states == before
    with pytest.raises(UnknownOrder):
        stage.learn(structs.replace(refused(at=1), order_ref="9"))


@pytest.mark.parametrize(
    ("before", "at", "carrier", "customer"),
    [
        ((), -179, "250.00", "300.00"),
        ((), -181, None, None),
        ((answered(FIRST, Answer.DECLINED, at=-585),), -1, None, None),
    ],
    ids=["late", "in time", "nobody has it"],
)
def test_what_a_cancellation_would_cost_is_what_it_costs(before, at, carrier, customer):
    stage = covered()
    stage.learn(*before)
    moment = when(at)["happened_at"]

    preview = owing(stage.shipment("S-1001"), at=moment, company=stage.run.company)
    stage.learn(cancelled(at=at))

    state = stage.shipment("S-1001")
    assert preview.carrier.money == (usd(carrier) if carrier else None)
    assert [one.charge.money for one in state.buy] == ([usd(carrier)] if carrier else [])
    assert preview.customer.money == (usd(customer) if customer else None)
    assert [one.charge.money for one in state.sell] == ([usd(customer)] if customer else [])


def test_what_is_on_the_road_cannot_be_cancelled_and_the_preview_says_so():
    stage = covered()
    stage.learn(*driven()[:2])

    preview = owing(stage.shipment("S-1001"), at=MONDAY, company=stage.run.company)

    assert preview.objection.startswith("the freight has left its pickup")
    assert preview.carrier.money is None
