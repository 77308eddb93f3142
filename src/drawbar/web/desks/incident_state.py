"""How an incident stands: open, with who must do what by when, or healed, and by whom.

Everything is read from the books at the moment of looking; nothing of it is told by the guide.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from msgspec import Struct, structs

from drawbar.flow.company import Company
from drawbar.freight.money import Money
from drawbar.records.desk.story import CaseSeen, cases_of
from drawbar.records.desk.trouble import (
    Settled,
    cases_by_cause,
    settled_by_cause,
    settled_of,
    system_waiting,
)
from drawbar.records.sheet import Rows
from drawbar.web.desks.incident import Incident, IncidentKind
from drawbar.web.desks.incident_hand import ANSWERED_BY_OTHERS, decided_by_hand
from drawbar.web.desks.incident_thing import (
    ABOUT_BILLS,
    ABOUT_TENDERS,
    CASES,
    Thing,
    thing_of,
    was_touched,
)
from drawbar.web.desks.story_place import case_page, page_of

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
    href = page_of(case.subject_kind, case.subject_ref) or case_page(case.case_id)
    told = Incident(kind=case.kind, title=case.kind, text="", look_up="")
    return _open(told, case, href=href)


def _of_thing(cursor: Rows, incident: Incident, company: Company, now: datetime) -> IncidentSeen:
    thing = thing_of(cursor, incident.look_up, company)
    if thing is None:
        return _ahead(incident)
    href, about = thing.href, CASES.get(incident.kind, frozenset())
    cases = [one for one in cases_of(cursor, thing.keys) if not about or one.kind in about]
    decided = decided_by_hand(cursor, incident.kind, thing.keys)
    if cases and decided and {one.kind for one in cases} <= ANSWERED_BY_OTHERS:
        return structs.replace(
            _healed(incident, decided.words, decided.at, href=href), by=decided.by
        )
    if cases:
        place = page_of(cases[0].subject_kind, cases[0].subject_ref) or href
        return _open(incident, cases[0], href=place)
    settled = settled_of(cursor, thing.keys, case_kinds=about)
    told = (
        _asked(incident, thing)
        or (settled and _closed(incident, settled, href=href))
        or _silent(incident, thing, now)
        or _mended(incident, thing)
        or _ahead(incident, href=href)
    )
    if told.state is State.HEALED and decided and not told.by:
        return structs.replace(told, by=decided.by)
    return told


def _outage(cursor: Rows, incident: Incident) -> IncidentSeen:
    name, waiting = incident.look_up, system_waiting(cursor, incident.look_up)
    href = f"/lanes#{quote(name, safe='')}-finance"
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
    words = f"It answers again; sent more than once, done once: {waiting.retried}."
    return _healed(incident, words, waiting.took_last_at, href=href)


def _of_cause(cursor: Rows, incident: Incident) -> IncidentSeen:
    cases = cases_by_cause(cursor, incident.look_up)
    if cases:
        return _open(incident, cases[0], href=case_page(cases[0].case_id), count=len(cases))
    settled = settled_by_cause(cursor, incident.look_up)
    return _closed(incident, settled, href="/code-maps") if settled else _ahead(incident)


def _asked(incident: Incident, thing: Thing) -> IncidentSeen | None:
    """Return an open question to a carrier, where the incident is about who takes the load."""
    offers = thing.load.waterfall.open_offers if thing.load else ()
    if incident.kind not in ABOUT_TENDERS or not offers or not was_touched(incident.kind, thing):
        return None
    words = f"{offers[-1].carrier_ref} is asked to take {offers[-1].tender_ref}."
    waits = _waits(incident, words, offers[-1].offered_at, href=thing.href)
    return structs.replace(waits, due_at=offers[-1].answer_by)


def _silent(incident: Incident, thing: Thing, now: datetime) -> IncidentSeen | None:
    """Return a truck that says nothing for too long, before a case says so."""
    load = thing.load
    if incident.kind != IncidentKind.SILENT_TRUCK or load is None or load.last_event is None:
        return None
    last = load.last_event
    if load.delivered or load.cancelled_at or now - last.happened_at <= SILENCE:
        return None
    words = f"Nothing was heard of {load.shipment_ref} since {last.kind.value.replace('_', ' ')}."
    return _waits(incident, words, last.happened_at, href=thing.href)


def _mended(incident: Incident, thing: Thing) -> IncidentSeen | None:
    """Return what the thing says for itself where no case ever was, None before it happened."""
    if not was_touched(incident.kind, thing):
        return None
    if incident.kind in ABOUT_BILLS:
        bill = thing.judged[-1]
        words = f"{bill.bill.bill_ref} is {bill.status.value.replace('_', ' ')}."
        place = page_of("freight_bill", bill.bill.bill_ref)
        return _healed(incident, words, bill.decided_at, href=place)
    award = thing.load.award if thing.load else None
    if award is None:
        return None
    words = f"{award.carrier_ref} accepted {award.tender_ref}."
    return _healed(incident, words, award.answered_at, href=thing.href)


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


def _closed(incident: Incident, settled: Settled, *, href: str) -> IncidentSeen:
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
