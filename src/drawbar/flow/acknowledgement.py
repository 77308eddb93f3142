"""Receipts of partners: what went out and was read, what was refused, and what nobody confirmed.

Whether the receipt comes before or after the word that we sent it changes nothing: a receipt that
leads nowhere yet waits for its number.
"""

from msgspec import structs

from drawbar.dispatch.ending import acknowledge
from drawbar.flow.company import Company
from drawbar.flow.consequence import following
from drawbar.flow.decision import (
    NOTHING,
    Deadline,
    DeadlineCleared,
    Decision,
    Known,
    Naming,
    joined,
)
from drawbar.flow.problem import raised, settled
from drawbar.flow.receipt_name import control_key, keys_named
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.wait import waiting
from drawbar.freight.case import CaseKind
from drawbar.freight.control_number import INTERCHANGE
from drawbar.freight.delivery import ADVICE, AckReceived, DeliveryConfirmed
from drawbar.freight.instant import Instant
from drawbar.freight.receipt import ReceiptOverdue
from drawbar.freight.stream import StreamKey, StreamKind

RECEIPT = "receipt"  # stored
FALLBACK = "fallback"  # stored


def owed(fact: DeliveryConfirmed) -> Decision:
    """Return what a sending waits for: its receipt, by when, and when to go the other way."""
    if not fact.control:
        return NOTHING
    around = [f"{INTERCHANGE} {fact.envelope}"] if fact.envelope else []
    named = Decision(
        names=tuple(
            Naming(key=control_key(fact.system, name), stream=fact.stream, spelled=name)
            for name in (fact.control, *around)
        )
    )
    terms = fact.receipt
    if terms is None:
        return named
    due = _deadline(RECEIPT, terms.due_at, fact, "")
    other_way = _deadline(FALLBACK, terms.fallback_at, fact, terms.fallback)
    return joined(named, due, other_way)


def _deadline(name: str, at: Instant | None, fact: DeliveryConfirmed, fallback: str) -> Decision:
    if at is None:
        return NOTHING
    overdue = following(
        ReceiptOverdue,
        fact,
        about=name,
        at=at,
        system=fact.system,
        control=fact.control,
        business_key=fact.business_key,
        stream=fact.stream,
        fallback=fallback,
    )
    named = f"{name}:{fact.system} {fact.control}"
    return Decision(deadlines=(Deadline(stream=fact.stream, name=named, due_at=at, fact=overdue),))


def overdue(fact: ReceiptOverdue) -> Decision:
    """Return the case of a sending that nobody confirmed; later, that of going the other way."""
    sent = f"{fact.system} has not confirmed {fact.control} ({fact.business_key})"
    if fact.fallback:
        text = f"{sent}, and it is time for the other way: {fact.fallback}."
        remedy = f"Tell it {fact.fallback}, naming {fact.business_key}; a late answer still counts."
    else:
        text = f"{sent} in time: nobody knows whether its system could read it."
        remedy = "Ask the partner whether it has the file; if not, have it sent once more."
    return raised(
        CaseKind.ACK_MISSING,
        fact.stream,
        text,
        remedy=remedy,
        now=fact.learned_at,
        item=_item(fact.system, fact.control, fact.fallback),
        cause=f"receipt:{fact.system}",
    )


def acknowledged(fact: AckReceived, known: Known, company: Company) -> Decision:
    """Note that a partner's system could read what we sent, or raise that it could not."""
    streams = [stream for streams in known.found.values() for stream in streams]
    if fact.group_type == INTERCHANGE and fact.accepted:
        return _opened(fact, streams)
    if not streams:
        return _unknown(fact, company)
    stream = streams[0]
    came = _came(fact, stream)
    if not fact.accepted:
        return joined(came, _refused(fact, stream))
    errors = f", with errors noted: {fact.text}" if fact.text else ""
    note = f"{fact.partner} acknowledged message {_control(fact)}{errors}"
    read = settled(
        CaseKind.DELIVERY_REJECTED, stream, "It was read after all.", item=_control(fact)
    )
    return joined(came, read, Decision(notes=((stream, note),)), _read(fact, stream, known))


def _opened(fact: AckReceived, streams: list[StreamKey]) -> Decision:
    """Note that an envelope could be opened: that says nothing yet of what is in it."""
    errors = f", with errors noted: {fact.text}" if fact.text else ""
    text = f"{fact.partner} could open our envelope {fact.control}{errors}"
    return Decision(notes=tuple((stream, text) for stream in streams[:1]))


def _unknown(fact: AckReceived, company: Company) -> Decision:
    """Wait for the word that it was sent; what nobody sent becomes a case when that is over."""
    if not fact.group_type or fact.group_type == ADVICE:
        return NOTHING  # groups were not counted by type, or all is well with whatever it was
    return waiting(fact, keys_named(fact), days=company.policy.answer_waits_days)


def _came(fact: AckReceived, stream: StreamKey) -> Decision:
    """Return that nothing is owed any more, whatever the receipt says."""
    system, control = fact.system or fact.partner, _control(fact)
    names = [f"{name}:{system} {control}" for name in (RECEIPT, FALLBACK)]
    cleared = tuple(DeadlineCleared(stream=stream, name=name) for name in names)
    because = f"{fact.partner} has answered."
    ended = [
        settled(CaseKind.ACK_MISSING, stream, because, item=_item(system, control, way))
        for way in ("", FALLBACK)
    ]
    return joined(Decision(cleared=cleared), *ended)


def _refused(fact: AckReceived, stream: StreamKey) -> Decision:
    return raised(
        CaseKind.DELIVERY_REJECTED,
        stream,
        f"{fact.partner} could not read our message {_control(fact)}: {fact.text}.",
        remedy="Correct what its system did not like, and send again.",
        now=fact.learned_at,
        item=_control(fact),
    )


def _read(fact: AckReceived, stream: StreamKey, known: Known) -> Decision:
    """Note on a tender that its carrier's system has it."""
    asked = known.states.get(stream)
    if stream.kind is not StreamKind.SHIPMENT or not isinstance(asked, ShipmentState):
        return NOTHING
    tender_ref = asked.sent.get(_control(fact)) or asked.sent.get(fact.control, "")
    waterfall = acknowledge(asked.waterfall, tender_ref, at=fact.learned_at)
    return Decision(states={stream: structs.replace(asked, waterfall=waterfall)})


def _control(fact: AckReceived) -> str:
    return f"{fact.group_type} {fact.control}".strip()


def _item(system: str, control: str, fallback: str) -> str:
    return f"{system} {control} {FALLBACK if fallback else RECEIPT}"
