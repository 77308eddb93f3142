"""The books by month: a period is closed once, in order, and what comes later goes to the next."""

from datetime import date

from msgspec import Struct, structs

from drawbar.flow.books import period as period_stream
from drawbar.flow.company import Company
from drawbar.flow.conclusion import cost_centres_of
from drawbar.flow.decision import NOTHING, Decision, Known
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.delivery import Delivery, PostInvoice, PostJournal, PostVoucher
from drawbar.freight.instant import Instant, local_day
from drawbar.freight.ledger import Entry
from drawbar.freight.period import CheckItem, Period, PeriodClosed, PeriodReopened
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.subledger.posting import posted, shared_out
from drawbar.subledger.revenue import combined

OPEN = "open"  # stored
CLOSED = "closed"  # stored


class Word(Struct, frozen=True, kw_only=True):
    """That somebody closed or reopened the period, with what they saw and said."""

    at: Instant
    by: str
    closed: bool
    reason: str = ""
    checklist: tuple[CheckItem, ...] = ()


class PeriodState(Struct, frozen=True, kw_only=True):
    """A period that somebody closed; ``words`` are all that was said of it, the newest last."""

    period: str
    words: tuple[Word, ...]

    @property
    def status(self) -> str:
        """Return "open" or "closed", by the last word."""
        return CLOSED if self.words[-1].closed else OPEN

    @property
    def open_from(self) -> date:
        """Return the first day that is open by what is known of this period."""
        own = Period(self.period)
        return own.next.begins_on if self.words[-1].closed else own.begins_on


def decide(fact: PeriodClosed | PeriodReopened, known: Known, company: Company) -> Decision:
    """Close or reopen a period; where that cannot be any more, only a note says so."""
    stream = period_stream(fact.period)
    before = known.states.get(stream)
    against = objection(fact, open_from=known.open_from, zone=company.zone)
    if against:
        return Decision(notes=((stream, f"Not done: {against}"),)) if before else NOTHING
    word = _word(fact)
    words = before.words if isinstance(before, PeriodState) else ()
    state = PeriodState(period=fact.period, words=(*words, word))
    done = "Closed" if word.closed else "Reopened"
    why = f" because {word.reason}" if word.reason else ""
    return Decision(states={stream: state}, notes=((stream, f"{done} by {word.by}{why}"),))


def objection(fact: PeriodClosed | PeriodReopened, *, open_from: date | None, zone: str) -> str:
    """Return why a period cannot be closed, or reopened, now; empty where it can."""
    if isinstance(fact, PeriodReopened):
        return reopening_objection(fact.period, fact.reason, open_from=open_from)
    today = local_day(fact.learned_at, zone)
    against = closing_objection(fact.period, today=today, open_from=open_from)
    if against:
        return against
    waiting = [one.item for one in fact.checklist if one.blocking and one.count]
    if waiting and not fact.reason.strip():
        return f"{', '.join(waiting)} are not settled, and nobody says why it closes all the same."
    return ""


def closing_objection(name: str, *, today: date, open_from: date | None) -> str:
    """Return why a period cannot be closed on a day, whatever its checklist says."""
    asked = Period(name)
    if today <= asked.ends_on:
        return f"{name} is not over before {asked.next.begins_on}."
    if open_from is not None and asked.ends_on < open_from:
        return f"{name} was closed before."
    if open_from is not None and asked.begins_on > open_from:
        return f"Close {open_from:%Y-%m} first: periods close in order."
    return ""


def reopening_objection(name: str, reason: str, *, open_from: date | None) -> str:
    """Return why a period cannot be opened again: only the last closed one can."""
    if open_from is None or Period(name).next.begins_on != open_from:
        return f"{name} is not the period that was closed last."
    return "" if reason.strip() else "Nobody says why."


def in_the_books(decision: Decision, known: Known, company: Company) -> Decision:
    """Return a decision with each entry in an open period, and shared over cost centres."""
    if not decision.entries:
        return decision
    entries = {one.entry_ref: _booked(one, decision, known, company) for one in decision.entries}
    return structs.replace(
        decision,
        entries=tuple(entries.values()),
        deliveries=tuple(_with_entry(one, entries) for one in decision.deliveries),
    )


def _booked(entry: Entry, decision: Decision, known: Known, company: Company) -> Entry:
    key = StreamKey(StreamKind.SHIPMENT, entry.shipment_ref)
    load = decision.states.get(key) or known.states.get(key)
    shares = cost_centres_of(load, company) if isinstance(load, ShipmentState) else None
    placed = posted(entry, open_from=known.open_from)
    return shared_out(placed, company.policy.cost_centres if shares is None else shares)


def _with_entry(delivery: Delivery, entries: dict[str, Entry]) -> Delivery:
    payload = delivery.payload
    if not isinstance(payload, PostJournal | PostVoucher | PostInvoice):
        return delivery
    booked = entries.get(payload.entry.entry_ref)
    if isinstance(payload, PostInvoice) and booked is not None:
        booked = combined([one for one in entries.values() if one.about == booked.about])
    if booked is None or booked is payload.entry:
        return delivery
    return structs.replace(delivery, payload=structs.replace(payload, entry=booked))


def _word(fact: PeriodClosed | PeriodReopened) -> Word:
    if isinstance(fact, PeriodReopened):
        return Word(at=fact.learned_at, by=fact.reopened_by, closed=False, reason=fact.reason)
    return Word(
        at=fact.learned_at,
        by=fact.closed_by,
        closed=True,
        reason=fact.reason,
        checklist=fact.checklist,
    )
