"""The exact bytes of a file for a partner: what is said, in its envelope, by its profile."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import structs

from drawbar.connectors.port import Sending, Unreachable
from drawbar.connectors.unsayable import Unsayable
from drawbar.connectors.x12_folder.manifest import Settings
from drawbar.connectors.x12_folder.tender import tender
from drawbar.edi import (
    Body,
    Envelope,
    Interchange,
    Segment,
    Severity,
    TransactionSet,
    UnableToFormat,
    UnableToWrap,
    UnableToWrite,
    build,
    check,
    read,
    segment,
    wrap,
    write,
)
from drawbar.freight.delivery import Acknowledge, RefuseBill, TellCarrier, TenderLoad

CONTROL_NUMBERS = 1_000_000_000
"""An interchange control number has nine digits."""


def file_of(sending: Sending, profile: Settings, *, now: datetime) -> bytes:
    """Return the bytes of the file. Raise ``Unsayable``.

    Raise ``Unreachable`` for a file without control numbers: there were no bytes to draw them for.
    """
    body = _file_of(sending, profile, now)
    if sending.control is not None and not sending.control.drawn:
        raise Unreachable("no control numbers were drawn: the file could not be made before")
    return body


def _file_of(sending: Sending, profile: Settings, now: datetime) -> bytes:
    match sending.payload:
        case TenderLoad() as load:
            return _tender(load, sending, profile, now)
        case Acknowledge() as owed:
            return _receipt(owed, sending, profile, now)
        case RefuseBill() as refused:
            return _notice(refused, profile)
        case TellCarrier() as word:
            return _word(word, profile)
        case other:
            raise Unsayable(f"{type(other).__name__} is nothing for a partner over X12")


def _tender(load: TenderLoad, sending: Sending, profile: Settings, now: datetime) -> bytes:
    try:
        body = build(tender(load, profile), component=profile.dialect.component)
    except UnableToFormat as error:
        raise Unsayable(str(error)) from error
    return _written([body], sending, profile, now)


def _written(bodies: Sequence[Body], sending: Sending, profile: Settings, now: datetime) -> bytes:
    try:
        envelope = _envelope(sending, profile, now)
        version = profile.version_of(bodies[0].code)
        interchange = wrap(bodies, structs.replace(envelope, version=version))
        _check(interchange)
        return write(interchange, replacement=" ")
    except (UnableToWrap, UnableToWrite) as error:
        raise Unsayable(str(error)) from error


def _check(interchange: Interchange) -> None:
    """Refuse on our side what the partner's translator would refuse on its own."""
    for item in interchange.sets:
        for finding in check(item):
            if finding.severity is Severity.ERROR:
                raise Unsayable(finding.text, f"{finding.tag}{finding.place.element:02d}")


def _envelope(sending: Sending, profile: Settings, now: datetime) -> Envelope:
    ours, theirs = profile.ours, profile.theirs
    return Envelope(
        sender_qualifier=ours.qualifier,
        sender=ours.id,
        receiver_qualifier=theirs.qualifier,
        receiver=theirs.id,
        control_number=_interchange(sending),
        group_number=control_number(sending),
        sent_at=now.astimezone(ZoneInfo(profile.zone)),
        version=profile.version,
        is_test=profile.is_test,
        asks_acknowledgement=profile.acks.ask_ta1,
        application_sender=ours.application,
        application_receiver=theirs.application,
        dialect=profile.dialect,
    )


def _receipt(owed: Acknowledge, sending: Sending, profile: Settings, now: datetime) -> bytes:
    """Give the answer that was made when the file was read its control numbers.

    It goes back to the ids that the file bore, in one envelope.
    """
    interchanges = read(owed.answer).interchanges
    sets = [item for one in interchanges for item in one.sets]
    bodies = [_again(item) for item in sets]
    if not bodies:
        raise Unsayable("the answer holds no receipt", "answer")
    first, ends = interchanges[0], interchanges[0].identity
    header = first.groups[0].header
    mirrored = structs.replace(
        _envelope(sending, profile, now),
        sender_qualifier=ends.sender_qualifier,
        sender=ends.sender,
        receiver_qualifier=ends.receiver_qualifier,
        receiver=ends.receiver,
        version=next((item.version for item in sets if item.version), profile.version),
        is_test=first.is_test,
        asks_acknowledgement=False,
        application_sender=header.get(2) if header else "",
        application_receiver=header.get(3) if header else "",
        dialect=first.dialect,
    )
    envelopes = [segment("TA1", *one.elements) for one in _loose(interchanges)]
    try:
        return write(wrap(bodies, mirrored, receipts=envelopes), replacement="?")
    except (UnableToWrap, UnableToWrite) as error:
        raise Unsayable(str(error)) from error


def _again(item: TransactionSet) -> Body:
    """Return a receipt as it was made, without the numbers around it."""
    if item.code not in {"997", "999"}:
        raise Unsayable("the answer is no receipt", "answer")
    inner = tuple(segment(one.tag, *one.elements) for one in item.segments[1:-1])
    return Body(item.code, inner, item.segments[0].get(3))


def _loose(interchanges: Sequence[Interchange]) -> Iterator[Segment]:
    """Yield the receipts for envelopes: they stand outside of all groups."""
    return (one for each in interchanges for one in each.segments if one.tag == "TA1")


def _notice(refused: RefuseBill, profile: Settings) -> bytes:
    """Return a text for people; an 824 for machines is not written yet."""
    amount = f"Not paid: {refused.refused}\n" if refused.refused else ""
    return (
        f"Freight bill {refused.invoice_number} of {profile.party_ref}\n"
        f"Our reference: {refused.bill_ref}\n"
        f"{amount}Reason: {refused.reason}\n\n{refused.text}\n"
    ).encode()


def _word(word: TellCarrier, profile: Settings) -> bytes:
    """Return a text for people: X12 has no set for a claim of ours or a bill that we miss."""
    about = f"{word.topic.value.replace('_', ' ').capitalize()} {word.about}"
    return (
        f"To {profile.party_ref}\n{about}\nShipment: {word.shipment_ref}\n\n{word.words}\n".encode()
    )


def control_number(sending: Sending) -> int:
    """Return the group control number: the partner's receipt names it."""
    return sending.control.group if sending.control else sending.number % CONTROL_NUMBERS


def _interchange(sending: Sending) -> int:
    """Return the number drawn for it; whoever drives without an engine has that of the delivery."""
    return sending.control.interchange if sending.control else sending.number % CONTROL_NUMBERS


def says(body: bytes) -> tuple[tuple[str, ...], ...]:
    """Return what a file says and under which numbers, to compare two; a text is its own content.

    A file that was prepared under numbers which then were not kept is not the same file.
    """
    interchanges = read(body).interchanges
    sets = [item for one in interchanges for item in one.sets]
    if not sets:
        return ((body.decode("utf-8", "replace"),),)
    numbers = [
        (one.identity.control_number, *(group.control_number for group in one.groups))
        for one in interchanges
    ]
    inner = [item.segments[1:-1] for item in sets]
    said = ((each.tag, *each.elements) for segments in inner for each in segments)
    return (*numbers, *said)
