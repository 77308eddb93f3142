"""Modes change by an apply, with who and why; a folder at hand makes a flow only more careful."""

import pytest

from drawbar.engine import Engine
from drawbar.engine.mode_change import tighten_modes
from drawbar.engine.terms import Folder, applied_at_first, apply_folder
from drawbar.flow.mode import EVERY, Mode
from drawbar.flow.run import FreightRun
from drawbar.freight.delivery import Unknown
from drawbar.messages.mode import flows_standing, mode_changes, mode_in_force, modes_in_force
from drawbar.messages.outbox import Outgoing, put_out
from tests.engine.database import rows
from tests.engine.far_side import Warehouse, deliverer
from tests.engine.toy import reserve
from tests.flow.stage import acme

pytestmark = pytest.mark.system
SHADOW = {"wms": {"ReserveStock": Mode.SHADOW}}


def folder(words: str, **modes: dict[str, Mode]) -> Folder:
    return Folder(company=acme(), files={"drawbar.toml": words.encode()}, modes=modes)


def applied(pool, clock, words: str, **modes: dict[str, Mode]):
    clock.passes(minutes=1)
    told = folder(words, **modes)
    return apply_folder(pool, clock, told, by="R. Diaz", because="cutover")


@pytest.fixture
def firm(pool, clock) -> Engine:
    applied_at_first(pool, clock, folder("first", **SHADOW))
    return Engine(pool, FreightRun(acme()), clock, {})


def in_force(firm: Engine):
    return firm.within(lambda batch, _: modes_in_force(batch.cursor))


def ask(firm: Engine, *refs: str):
    owed = [Outgoing(delivery=reserve(ref), created_at=firm.clock.now()) for ref in refs]
    firm.within(lambda batch, _: put_out(batch.cursor, owed))


def states(pool):
    return rows(pool, "SELECT business_key, state, kept_back FROM deliveries ORDER BY delivery_id")


def test_the_first_folder_says_its_modes_at_once(firm):
    assert in_force(firm) == SHADOW


def test_an_apply_changes_a_mode_says_so_and_keeps_who_and_why(firm, pool, clock):
    done = applied(pool, clock, "second", wms={"ReserveStock": Mode.LIVE})

    assert done.changes == ("wms ReserveStock: shadow -> live",)
    assert in_force(firm) == {"wms": {"ReserveStock": Mode.LIVE}}
    (last, first) = firm.within(lambda batch, _: mode_changes(batch.cursor))
    assert (last.before, last.after, last.said_by, last.because) == (
        "shadow",
        "live",
        "R. Diaz",
        "cutover",
    )
    assert (last.company_version, first.company_version) == (2, 1)
    assert rows(pool, "SELECT changes FROM company_versions WHERE version = 2") == [
        (["wms ReserveStock: shadow -> live"],)
    ]


def test_the_same_folder_again_changes_nothing(firm, pool, clock):
    done = applied(pool, clock, "first", **SHADOW)

    assert not done.is_new
    assert done.changes == ()
    assert len(firm.within(lambda batch, _: mode_changes(batch.cursor))) == 1


def test_live_and_back_again_sends_only_what_came_while_it_was_live(firm, pool, clock):
    warehouse = Warehouse()
    lane = deliverer(firm, warehouse)
    ask(firm, "before")
    applied(pool, clock, "second", wms={"ReserveStock": Mode.LIVE})
    ask(firm, "live")
    lane.deliver_until_idle()
    applied(pool, clock, "third", **SHADOW)
    ask(firm, "after")
    lane.deliver_until_idle()
    lane.close()

    assert warehouse.calls == ["send R-live"]
    assert states(pool) == [
        ("R-before", "skipped", "shadow"),
        ("R-live", "confirmed", ""),
        ("R-after", "skipped", "shadow"),
    ]


def test_a_system_that_the_folder_does_not_know_any_more_does_not_go_live(firm, pool, clock):
    applied(pool, clock, "second", tms={})

    assert in_force(firm) == SHADOW


def test_what_was_left_open_when_the_flow_was_stopped_is_a_case_when_it_goes_live(pool, clock):
    applied_at_first(pool, clock, folder("first", wms={}))
    firm = Engine(pool, FreightRun(acme()), clock, {})
    warehouse = Warehouse()
    warehouse.mood = [lambda _: Unknown(text="time-out")]
    lane = deliverer(firm, warehouse)
    ask(firm, "A")
    lane.deliver_once()
    lane.close()

    applied(pool, clock, "second", **SHADOW)
    applied(pool, clock, "third", wms={})

    assert states(pool) == [("R-A", "unsure", "")]
    assert rows(pool, "SELECT kind, item FROM cases") == [("delivery_unsure", "wms R-A")]


@pytest.mark.parametrize(
    ("at_hand", "then"),
    [
        ({"ReserveStock": Mode.OBSERVE}, "observe"),
        ({"ReserveStock": Mode.LIVE}, "shadow"),
        ({}, "shadow"),
        ({EVERY: Mode.OBSERVE}, "observe"),
    ],
    ids=["more careful", "less careful", "silent", "more careful with all"],
)
def test_the_folder_at_hand_can_only_be_more_careful(firm, pool, clock, at_hand, then):
    tighten_modes(pool, clock, acme(), {"wms": at_hand})

    def mode(batch, _):
        return mode_in_force(batch.cursor, system="wms", flow="ReserveStock")

    assert firm.within(mode).value == then


def test_a_system_that_is_new_in_the_folder_sends_nothing_before_its_shadow_is_applied(
    firm, pool, clock
):
    assert tighten_modes(pool, clock, acme(), {"tms": {EVERY: Mode.SHADOW}}) == (
        "tms every other flow: nothing said -> shadow",
    )
    assert tighten_modes(pool, clock, acme(), {"tms": {EVERY: Mode.SHADOW}}) == ()

    (last, *_) = firm.within(lambda batch, _: mode_changes(batch.cursor))
    assert (last.system, last.said_by) == ("tms", "drawbar")


def test_what_is_open_of_a_flow_is_counted(firm, pool, clock):
    warehouse = Warehouse()
    lane = deliverer(firm, warehouse)
    ask(firm, "A", "B")
    lane.deliver_until_idle()
    lane.close()
    ask(firm, "C")

    (one,) = firm.within(lambda batch, _: flows_standing(batch.cursor, ["wms"]))

    assert (one.flow, one.waiting, one.on_the_way, one.undecided) == ("ReserveStock", 1, 0, 2)
