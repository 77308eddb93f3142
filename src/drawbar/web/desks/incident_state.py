"""How an incident stands: open, with who must do what by when, or healed, and by whom.

Everything is read from the books at the moment of looking; nothing of it is told by the guide.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from msgspec import Struct, structs

from drawbar.flow.bill_state import BillState
from drawbar.flow.company import Company
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.search import find, streams_found
from drawbar.records.desk.story import CaseSeen, cases_of
from drawbar.records.desk.stream import stream
from drawbar.records.desk.trouble import (
    Settled,
    cases_by_cause,
    settled_by_cause,
    settled_of,
    system_waiting,
)
from drawbar.records.sheet import Rows
from drawbar.web.desks.incident import Incident, IncidentKind
from drawbar.web.desks.story_place import page_of

SILENCE = timedelta(hours=2)
"""A truck that says nothing for longer is looked after, as the desks are told."""


class State(StrEnum):
    """How an incident stands."""

    OPEN = "open"
    HEALED = "healed"
    AHEAD = "not yet"


class IncidentSeen(Struct, frozen=True, kw_only=True):
    """An incident as it stands. ``at`` is since when it is open, or when it was healed.

    ``href`` leads to where it is mended; ``by`` is empty where it mended by itself.
    """

    kind: str
    title: str
    text: str
    state: State
    what: str = ""
    remedy: str = ""
    at: datetime | None = None
    owner: str = ""
    due_at: datetime | None = None
    money: Money | None = None
    by: str = ""
    href: str = ""
    count: int = 1


def seen(cursor: Rows, incident: Incident, company: Company, now: datetime) -> IncidentSeen:
    """Return how an incident stands now."""
    match incident.kind:
        case IncidentKind.ERP_OUTAGE:
            return _outage(cursor, incident)
        case IncidentKind.UNKNOWN_STATUS_CODE:
            return _of_cause(cursor, incident)
        case _:
            return _of_thing(cursor, incident, company, now)


def of_case(case: CaseSeen) -> IncidentSeen:
    """Return an open case as an incident of its own."""
    href = page_of(case.subject_kind, case.subject_ref) or f"/cases?kind={case.kind}"
    told = Incident(kind=case.kind, title=case.kind, text="", look_up="")
    return _open(told, case, href=href)


def _of_thing(cursor: Rows, incident: Incident, company: Company, now: datetime) -> IncidentSeen:
    keys = streams_found(find(cursor, incident.look_up, company))
    if not keys:
        return _ahead(incident)
    href, cases = _place(keys), cases_of(cursor, keys)
    if cases:
        place = page_of(cases[0].subject_kind, cases[0].subject_ref) or href
        return _open(incident, cases[0], href=place)
    load = _state_of(cursor, keys, StreamKind.SHIPMENT)
    bill = _state_of(cursor, keys, StreamKind.FREIGHT_BILL)
    load = load if isinstance(load, ShipmentState) else None
    return (
        _without_case(incident, load, now, href)
        or _closed(incident, settled_of(cursor, keys), href=href)
        or _mended(incident, load, bill if isinstance(bill, BillState) else None, href)
    )


def _outage(cursor: Rows, incident: Incident) -> IncidentSeen:
    name, waiting = incident.look_up, system_waiting(cursor, incident.look_up)
    href = f"/deliveries?system={quote(name, safe='')}"
    if waiting.is_shut:
        return structs.replace(
            _ahead(incident, href=href),
            state=State.OPEN,
            what=f"{waiting.count} deliveries wait for {name}; they go out in order, once each.",
            at=waiting.shut_at or waiting.oldest_at,
            owner="integration",
            count=waiting.count,
        )
    if not waiting.retried:
        return _ahead(incident, href=href)
    words = (
        f"It answers again; {waiting.retried} deliveries took more than one try, none is double."
    )
    return _healed(incident, words, waiting.took_last_at, href=href)


def _of_cause(cursor: Rows, incident: Incident) -> IncidentSeen:
    cases = cases_by_cause(cursor, incident.look_up)
    if cases:
        return _open(incident, cases[0], href=f"/cases?kind={cases[0].kind}", count=len(cases))
    closed = _closed(incident, settled_by_cause(cursor, incident.look_up), href="/messages")
    return closed or _ahead(incident)


def _without_case(
    incident: Incident, load: ShipmentState | None, now: datetime, href: str
) -> IncidentSeen | None:
    """Return what is open although no case says so: a carrier is asked, or a truck is silent."""
    if load is None or load.cancelled_at:
        return None
    asked, last = load.waterfall.open_offers, load.last_event
    if asked:
        words = f"{asked[-1].carrier_ref} is asked to take {load.shipment_ref}."
        waits = _waits(incident, words, asked[-1].offered_at, href=href)
        return structs.replace(waits, due_at=asked[-1].answer_by)
    if incident.kind != IncidentKind.SILENT_TRUCK or last is None or load.delivered:
        return None
    said = last.kind.value.replace("_", " ")
    if now - last.happened_at > SILENCE:
        words = f"Nothing was heard of {load.shipment_ref} since {said}."
        return _waits(incident, words, last.happened_at, href=href)
    return _healed(incident, f"It was heard of again: {said}.", last.happened_at, href=href)


def _mended(
    incident: Incident, load: ShipmentState | None, bill: BillState | None, href: str
) -> IncidentSeen:
    """Return what the thing says for itself where no case ever was."""
    if bill is not None and bill.decided_at is not None:
        words = f"The bill is {bill.status.value.replace('_', ' ')}."
        return _healed(incident, words, bill.decided_at, href=href)
    award = load.award if load else None
    if load is None or award is None or award.answered_at is None:
        return _ahead(incident, href=href)
    asked = len(load.waterfall.offers)
    if asked < 2 and not load.delivered:
        return _ahead(incident, href=href)
    whom = f"{award.carrier_ref} accepted {award.tender_ref}"
    words = f"{whom}, after {asked - 1} other offers." if asked > 1 else f"{whom} and delivered it."
    return _healed(incident, words, award.answered_at, href=href)


def _open(incident: Incident, case: CaseSeen, *, href: str, count: int = 1) -> IncidentSeen:
    return structs.replace(
        _ahead(incident, href=href),
        state=State.OPEN,
        what=case.text,
        remedy=case.remedy,
        at=case.opened_at,
        owner=case.owner,
        due_at=case.due_at,
        money=case.money,
        count=count,
    )


def _closed(incident: Incident, settled: Settled | None, *, href: str) -> IncidentSeen | None:
    if settled is None:
        return None
    healed = _healed(incident, settled.because, settled.at, href=href)
    return structs.replace(healed, by=settled.by)


def _waits(incident: Incident, words: str, at: datetime, *, href: str) -> IncidentSeen:
    waits = _ahead(incident, href=href)
    return structs.replace(waits, state=State.OPEN, what=words, at=at, owner="dispatch")


def _healed(incident: Incident, words: str, at: datetime | None, *, href: str) -> IncidentSeen:
    healed = _ahead(incident, href=href)
    return structs.replace(healed, state=State.HEALED, what=words, at=at)


def _ahead(incident: Incident, *, href: str = "") -> IncidentSeen:
    return IncidentSeen(
        kind=incident.kind, title=incident.title, text=incident.text, state=State.AHEAD, href=href
    )


def _state_of(cursor: Rows, keys: Sequence[StreamKey], kind: StreamKind) -> Any:
    """Return the state of the first stream of a kind, None where there is none."""
    found = next((stream(cursor, key) for key in keys if key.kind is kind), None)
    return found.state if found else None


def _place(keys: Sequence[StreamKey]) -> str:
    """Return the page where most of it can be mended: a bill, else a load, else what there is."""
    order = (StreamKind.FREIGHT_BILL, StreamKind.SHIPMENT, StreamKind.ORDER)
    best = min(keys, key=lambda key: order.index(key.kind) if key.kind in order else len(order))
    return page_of(best.kind.value, best.ref)
