"""The exact bytes of a file for a partner: what is said, in its envelope, by its profile."""

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import structs

from drawbar.connectors.edifact_folder.manifest import Mailbox, Settings
from drawbar.connectors.edifact_folder.tender import instruction
from drawbar.connectors.port import Sending, Unreachable
from drawbar.connectors.unsayable import Unsayable
from drawbar.connectors.x12_folder import outgoing as x12
from drawbar.edi import (
    Interchange,
    Severity,
    TransactionSet,
    UnableToWrap,
    UnableToWrite,
    check,
    parse,
    read,
)
from drawbar.edi.edifact import (
    Envelope,
    Message,
    Station,
    SyntaxReceipt,
    UnableToState,
    build,
    wrap,
    write,
)
from drawbar.freight.delivery import Acknowledge, RefuseBill, TellCarrier, TenderLoad


def file_of(sending: Sending, profile: Settings, *, now: datetime) -> bytes:
    """Return the bytes of the file. Raise ``Unsayable``.

    Raise ``Unreachable`` for a file without control numbers: there were no bytes to draw them for.
    """
    try:
        body = _file_of(sending, profile, now)
    except (UnableToWrap, UnableToWrite, UnableToState) as error:
        raise Unsayable(str(error)) from error
    if sending.control is not None and not sending.control.drawn:
        raise Unreachable("no control numbers were drawn: the file could not be made before")
    return body


def _file_of(sending: Sending, profile: Settings, now: datetime) -> bytes:
    match sending.payload:
        case TenderLoad() as load:
            return _tender(load, sending, profile, now)
        case Acknowledge() as owed:
            return _receipt(owed, sending, profile, now)
        case RefuseBill() | TellCarrier():
            return x12.file_of(sending, profile, now=now)  # a text for people
        case other:
            raise Unsayable(f"{type(other).__name__} is nothing for a partner over EDIFACT")


def _tender(load: TenderLoad, sending: Sending, profile: Settings, now: datetime) -> bytes:
    envelope = _envelope(sending, profile, now)
    directory, _, release = profile.version.partition(".")
    message = build(
        instruction(load, profile),
        dialect=wrap([], envelope).dialect,
        version=directory,
        release=release,
        association=profile.association,
    )
    interchange = wrap([message], envelope)
    _check(interchange)
    return write(interchange)


def _check(interchange: Interchange) -> None:
    """Refuse on our side what the partner's translator would refuse on its own."""
    for item in interchange.sets:
        for finding in check(item):
            if finding.severity is Severity.ERROR:
                raise Unsayable(finding.text, f"{finding.tag}{finding.place.element:02d}")


def _envelope(sending: Sending, profile: Settings, now: datetime) -> Envelope:
    identifier, _, version = profile.syntax.partition(":")
    return Envelope(
        sender=_station(profile.ours),
        receiver=_station(profile.theirs),
        control_reference=str(x12.control_number(sending)),
        sent_at=now.astimezone(ZoneInfo(profile.zone)),
        syntax_identifier=identifier,
        syntax_version=version,
        is_test=profile.is_test,
        asks_acknowledgement=isinstance(sending.payload, TenderLoad),
        dialect=profile.dialect,
    )


def _station(mailbox: Mailbox) -> Station:
    id_, _, internal = mailbox.id.partition("/")
    return Station(id=id_, qualifier=mailbox.qualifier, internal=internal)


def _receipt(owed: Acknowledge, sending: Sending, profile: Settings, now: datetime) -> bytes:
    """Give the answer that was made when the file was read its control reference."""
    interchanges = read(owed.answer).interchanges
    if not interchanges:
        raise Unsayable("the answer holds no receipt", "answer")
    answer = interchanges[0]
    envelope = _envelope(sending, profile, now)
    identifier = answer.header.get(1).partition(answer.dialect.component)[0]
    mirrored = structs.replace(
        envelope,
        syntax_identifier=identifier,
        syntax_version=answer.version,
        is_test=answer.is_test,
        dialect=answer.dialect,
    )
    return write(wrap([_again(item) for item in answer.sets], mirrored))


def _again(item: TransactionSet) -> Message:
    """Return the receipt that was made, to be wrapped under another reference."""
    typed, _ = parse(item)
    if not isinstance(typed, SyntaxReceipt):
        raise Unsayable("the answer is no receipt", "answer")
    directory, _, release = item.version.partition(".")
    return build(typed, dialect=item.dialect, version=directory, release=release)
