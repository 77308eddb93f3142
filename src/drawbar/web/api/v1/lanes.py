"""Lanes over HTTP: what waits for which system, whether it may go, and a person's word on it."""

from datetime import datetime, timedelta

from litestar import get, post
from litestar.params import JSONBody
from msgspec import Struct

from drawbar.engine import Engine
from drawbar.engine.lanes import LaneOrder, LaneWish, act_on_lane
from drawbar.freight.delivery import Lane
from drawbar.freight.instant import Instant, utc
from drawbar.messages.gate import Circuit, Gate
from drawbar.messages.queue import list_gates
from drawbar.records.desk.lanes import LaneSeen, lanes, money_waiting
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.finance import Because
from drawbar.web.api.v1.term import AmountV1, amount_v1
from drawbar.web.api.v1.text import Moment, Name
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenCaller, GivenEngine, GivenReads, GivenSettings
from drawbar.web.problem import unfit, unknown

HOLD_LONGEST = timedelta(days=31)


class LaneV1(Struct, frozen=True, kw_only=True):
    """One lane to one system. ``gate`` is open, held, away or probing.

    ``money`` is what payables and invoices wait, by currency, empty where the role may not see it;
    ``per_minute`` counts what arrived lately. ``asked_again_at`` is when a system that is away is
    asked once more.
    """

    system: str
    lane: str
    gate: str
    held_until: datetime | None
    held_by: str
    held_why: str
    away_since: datetime | None
    asked_again_at: datetime | None
    failures: int
    ready: int
    on_its_way: int
    stuck: int
    oldest_at: datetime | None
    money: tuple[AmountV1, ...]
    per_minute: float
    rate_limit: float | None
    concurrency: int
    error: str


class LanesV1(Struct, frozen=True, kw_only=True):
    """Every lane that was ever used or set."""

    at: datetime
    items: tuple[LaneV1, ...]


class LaneActV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold a lane (``until`` a time, or until it is opened), open it, or ask the far side now."""

    system: Name
    lane: Lane
    wish: LaneWish
    reason: Because
    until: Moment | None = None


class LaneActedV1(Struct, frozen=True, kw_only=True):
    """``changed`` is false where the lane was open already."""

    changed: bool


@get("/v1/lanes", **policy(Scope.STORY_READ, writes=False))
def list_lanes(caller: GivenCaller, reads: GivenReads, settings: GivenSettings) -> LanesV1:
    """List what waits for which system, and whether it may go."""
    with reads.connection() as connection, connection.cursor() as cursor:
        return seen_lanes(cursor, now=settings.clock.now(), caller=caller)


@post("/v1/lanes", status_code=200, **policy(Scope.LANE_HOLD))
def direct_lane(
    data: JSONBody[LaneActV1],
    caller: GivenCaller,
    engine: GivenEngine,
    reads: GivenReads,
    settings: GivenSettings,
) -> LaneActedV1:
    """Hold or open a lane, or have the far side asked; saying it twice is harmless."""
    with reads.connection() as connection, connection.cursor() as cursor:
        refuse_unfit_act(cursor, data, now=settings.clock.now())
    return LaneActedV1(changed=order_lane(data, caller, engine))


def order_lane(told: LaneActV1, caller: Caller, engine: Engine) -> bool:
    """Do what a person says of a lane; false where nothing had to be done."""
    order = LaneOrder(
        system=told.system,
        lane=told.lane,
        wish=told.wish,
        by=caller.sender,
        because=told.reason,
        until=utc(told.until) if told.until else None,
    )
    return act_on_lane(engine, order)


def refuse_unfit_act(cursor: Rows, told: LaneActV1, *, now: Instant) -> None:
    """Raise ``Refusal``: 404 for a lane that nothing uses, 422 for a hold that cannot be meant."""
    known = {(one.system, one.lane) for one in lanes(cursor, now=now)}
    if (told.system, told.lane.value) not in known:
        raise unknown("lane")
    if told.until is None:
        return
    if told.wish is not LaneWish.HOLD:
        raise unfit("$.until", "Only a hold has an end.", "Leave it out.")
    if not now < told.until <= now + HOLD_LONGEST:
        raise unfit("$.until", "It is past, or over a month away.", "Name a time soon to come.")


def seen_lanes(cursor: Rows, *, now: Instant, caller: Caller) -> LanesV1:
    """Return every lane with its gate; money only where ``caller`` may see it."""
    gates = {(one.system, one.lane.value): one for one in list_gates(cursor)}
    found = lanes(cursor, now=now)
    sees_money = caller.may(Scope.MONEY_READ)
    items = tuple(
        _lane(cursor, one, gates.get((one.system, one.lane)), now=now, sees_money=sees_money)
        for one in found
    )
    return LanesV1(at=now, items=items)


def _lane(
    cursor: Rows, one: LaneSeen, gate: Gate | None, *, now: Instant, sees_money: bool
) -> LaneV1:
    gate = gate or Gate(system=one.system, lane=Lane(one.lane))
    held = gate.held and (gate.held_until is None or now < gate.held_until)
    money = money_waiting(cursor, system=one.system, lane=one.lane) if sees_money else ()
    return LaneV1(
        system=one.system,
        lane=one.lane,
        gate=_gate(gate, held=held),
        held_until=gate.held_until if held else None,
        held_by=gate.held_by if held else "",
        held_why=gate.held_why if held else "",
        away_since=gate.opened_at,
        asked_again_at=gate.probe_at,
        failures=gate.failures,
        ready=one.ready,
        on_its_way=one.claimed,
        stuck=one.stuck,
        oldest_at=one.oldest_at,
        money=tuple(amount_v1(each) for each in money),
        per_minute=one.went / 10,
        rate_limit=gate.rate,
        concurrency=gate.concurrency,
        error=one.error,
    )


def _gate(gate: Gate, *, held: bool) -> str:
    if held:
        return "held"
    words = {Circuit.CLOSED: "open", Circuit.OPEN: "away", Circuit.HALF_OPEN: "probing"}
    return words[gate.circuit]
