"""An order that a customer tenders to us, out of a 204. Nothing that it lacks is guessed."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from drawbar.connectors.us_zone import us_zone
from drawbar.connectors.wall_clock import NoSuchTime, instant_at
from drawbar.connectors.x12_folder.clock import Clocked, clocked
from drawbar.connectors.x12_folder.goods import goods_of
from drawbar.connectors.x12_folder.heard import NOWHERE, Heard, distinct
from drawbar.edi import LoadTender, Moment, Party
from drawbar.edi import Stop as StatedStop
from drawbar.freight.fact import Fact
from drawbar.freight.order import (
    Order,
    OrderCancelled,
    OrderChanged,
    OrderReleased,
    Stop,
)
from drawbar.freight.place import Place
from drawbar.freight.reading import Problem, Reading
from drawbar.freight.reference import Reference, ReferenceKind

NEW, CANCELLED, CHANGED = "00", "01", frozenset({"04", "05"})
"""Purposes. Source: X12 element 353."""

EARLIEST, LATEST = frozenset({"37", "53"}), frozenset({"38", "54"})
EARLIEST_CLOCK, LATEST_CLOCK = frozenset({"G", "I"}), frozenset({"K", "L"})
"""Ends of a window by date qualifier (element 432) or time qualifier (element 176)."""


class Window(Struct, frozen=True, kw_only=True):
    """When the truck is expected at a stop."""

    earliest_at: datetime
    latest_at: datetime
    appointment_at: datetime | None = None


class _Lacking(ValueError):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


def read_order(stated: LoadTender, heard: Heard) -> Reading:
    """Return the order released, changed or cancelled, or all that it lacks."""
    purpose = stated.purpose.strip()
    place = stated.at.get("shipment_id", NOWHERE)
    if not stated.shipment_id.strip():
        return Reading(problems=(heard.lacking("The tender has no number.", place, "id"),))
    said = heard.said(place, heard.sent_at, "order")
    if purpose == CANCELLED:
        ref = stated.shipment_id.strip()
        return Reading(facts=(OrderCancelled(order_ref=ref, **said),))
    if purpose != NEW and purpose not in CHANGED:
        where = stated.at.get("purpose", NOWHERE)
        return Reading(problems=(heard.unknown("purpose", purpose, where, under="purpose"),))
    order = _order(stated, heard)
    if not isinstance(order, Order):
        return Reading(problems=order)
    fact: Fact = OrderReleased(order=order, **said)
    if purpose in CHANGED:
        fact = OrderChanged(order=order, **said)
    return Reading(facts=(fact,))


def _order(stated: LoadTender, heard: Heard) -> Order | tuple[Problem, ...]:
    read = [_careful_stop(number, one, heard) for number, one in enumerate(stated.stops, start=1)]
    stops = tuple(one for one in read if isinstance(one, Stop))
    goods, equipment = goods_of(stated, heard), _equipment(stated, heard)
    lacking = tuple(one for one in (*read, goods, equipment) if isinstance(one, Problem))
    if lacking or isinstance(goods, Problem) or isinstance(equipment, Problem):
        return lacking
    try:
        return Order(
            order_ref=stated.shipment_id.strip(),
            revision=_revision(stated, heard),
            customer_ref=heard.profile.party_ref,
            references=_names(stated, heard),
            stops=stops,
            goods=goods,
            equipment=equipment,
            note=" ".join(note.text.strip() for note in stated.notes),
        )
    except ValueError as error:
        return (heard.lacking(f"No truck could drive it: {error}.", NOWHERE, "stops"),)


def _names(stated: LoadTender, heard: Heard) -> tuple[Reference, ...]:
    own = heard.name(ReferenceKind.ORDER, stated.shipment_id)
    inside = tuple(one for stop in stated.stops for one in stop.references)
    return distinct((own, *heard.names((*stated.references, *inside))))


def _revision(stated: LoadTender, heard: Heard) -> int:
    """Return the envelope's rising number for a change: a 204 counts no revisions."""
    control = heard.identity.control_number
    if stated.purpose.strip() == NEW or not control.isdecimal():
        return 1
    return max(2, int(control))


def _equipment(stated: LoadTender, heard: Heard) -> str | Problem:
    at_stops = (one for stop in stated.stops for one in stop.equipment)
    named = next((one for one in (*stated.equipment, *at_stops) if one.kind.strip()), None)
    code = named.kind.strip() if named else ""
    called = heard.profile.trailer(code)
    if called is not None:
        return called
    if named is None:
        at = stated.at.get("shipment_id", NOWHERE)
        return heard.lacking("The tender does not say what trailer it needs.", at, "equipment")
    return heard.unknown("trailer", code, named.at.get("kind", NOWHERE), under="N7")


def _careful_stop(number: int, stated: StatedStop, heard: Heard) -> Stop | Problem:
    try:
        return _stop(number, stated, heard)
    except _Lacking as lacking:
        return lacking.problem


def _stop(number: int, stated: StatedStop, heard: Heard) -> Stop:
    purpose = heard.profile.stop(stated.reason.strip())
    if purpose is None:
        where = stated.at.get("reason", NOWHERE)
        raise _Lacking(heard.unknown("stop reason", stated.reason, where, under="S5"))
    place = _place(number, stated, heard)
    window = _window(number, stated, place, heard=heard)
    return Stop(
        number=number,
        purpose=purpose,
        place=place,
        earliest_at=window.earliest_at,
        latest_at=window.latest_at,
        appointment_at=window.appointment_at,
    )


def _place(number: int, stated: StatedStop, heard: Heard) -> Place:
    party = _where(stated.parties)
    if party is None:
        at = stated.at.get("number", NOWHERE)
        raise _Lacking(heard.lacking(f"Stop {number} has no address.", at, "address"))
    state, postal_code = party.state.strip(), party.postal_code.strip()
    declared = heard.profile.stop_zones
    is_american = party.country.strip() in {"", "US", "USA"}
    derived = us_zone(state, postal_code) if is_american else None
    zone = declared.get(postal_code) or declared.get(state) or derived
    if zone is None:
        at = party.at.get("state") or party.at.get("name") or NOWHERE
        text = f"The time zone of stop {number} ({state} {postal_code}) does not follow from it."
        raise _Lacking(heard.lacking(text, at, "zone", state or party.country))
    return Place(
        name=" ".join(text.strip() for text in (party.name, *party.more_names)),
        street=", ".join(text.strip() for text in party.address),
        city=party.city.strip(),
        region=state,
        postal_code=postal_code,
        country="US" if derived else party.country.strip(),
        zone=zone,
    )


def _where(parties: tuple[Party, ...]) -> Party | None:
    """Return the party of a stop that has an address."""
    return next((one for one in parties if one.city.strip() or one.state.strip()), None)


def _window(number: int, stated: StatedStop, place: Place, *, heard: Heard) -> Window:
    ends: dict[str, datetime] = {}
    for moment in stated.moments:
        for end in _ends(moment):
            ends.setdefault(end, _moment(number, moment, place, heard=heard))
    scheduled = ends.get("scheduled")
    earliest, latest = ends.get("earliest", scheduled), ends.get("latest", scheduled)
    if earliest is None or latest is None or earliest > latest:
        at = stated.at.get("number", NOWHERE)
        text = f"Stop {number} does not say from when to when it is open."
        raise _Lacking(heard.lacking(text, at, "window"))
    return Window(earliest_at=earliest, latest_at=latest, appointment_at=scheduled)


def _ends(moment: Moment) -> Iterator[str]:
    if moment.qualifier in EARLIEST or moment.time_qualifier in EARLIEST_CLOCK:
        yield "earliest"
    elif moment.qualifier in LATEST or moment.time_qualifier in LATEST_CLOCK:
        yield "latest"
    else:
        yield "scheduled"


def _moment(number: int, moment: Moment, place: Place, *, heard: Heard) -> datetime:
    when = clocked(moment, heard)
    if isinstance(when, Clocked) and when.local_at is None:
        return when.at
    if isinstance(when, Problem):
        raise _Lacking(when)
    try:
        return instant_at(when.local_at or when.at, place.zone)
    except NoSuchTime as error:
        at = moment.at.get("clock", NOWHERE)
        raise _Lacking(heard.lacking(f"Stop {number}: {error}.", at, "clock")) from error
