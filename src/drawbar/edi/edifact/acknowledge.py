"""Answer a partner's interchange with a CONTRL: what we could read, and exactly where we could not.

Ids, character set and syntax version mirror the partner's. A receipt is never given for a receipt.
Source: ISO 9735-4 and CONTRL of syntax versions 1 to 4, restated.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import Struct

from drawbar.edi.component import component
from drawbar.edi.document import Group, Interchange, TransactionSet
from drawbar.edi.edifact.acknowledge_code import ERRORS, UNSPECIFIED
from drawbar.edi.edifact.charset import CHARSETS
from drawbar.edi.edifact.check import check
from drawbar.edi.edifact.receipt import (
    ElementReceipt,
    GroupReceipt,
    MessageReceipt,
    SegmentReceipt,
    SyntaxReceipt,
)
from drawbar.edi.edifact.typed import build
from drawbar.edi.edifact.wrap import Envelope, Station, wrap
from drawbar.edi.finding import Finding, FindingCode, Severity
from drawbar.edi.segment import Dialect, Segment

REJECTED, ACCEPTED = "4", "7"
_RECEIPTS = {"CONTRL", "APERAK"}
_OUR_TABLES = {FindingCode.CODE_UNKNOWN, FindingCode.VERSION_ASSUMED, FindingCode.CHARSET_UNKNOWN}
_SERVICE = {"UNA", "UNB", "UNZ", "UNG", "UNE", "UNH", "UNT"}

Weigh = Callable[[Finding], Severity]
"""The partner's profile: ERROR rejects the message, others are not mentioned in a CONTRL."""


class ControlNumbers(Struct, frozen=True, kw_only=True):
    """References for one receipt, drawn by the caller for this partner without gaps."""

    interchange: str
    message: int = 1


def weigh_by_table(finding: Finding) -> Severity:
    """Weigh as our table does; what only says that our tables are incomplete is not mentioned."""
    return Severity.NOTE if finding.code in _OUR_TABLES else finding.severity


def acknowledge(
    received: Interchange,
    *,
    numbers: ControlNumbers,
    sent_at: datetime,
    weigh: Weigh = weigh_by_table,
) -> tuple[Interchange, ...]:
    """Return the interchange with one CONTRL to send back, or nothing when there is none to send.

    Nothing is answered to receipts alone, nor to an interchange without a header. Raise
    ``UnableToWrap`` when the partner's ids do not fit into an envelope: a person answers such a
    file.
    """
    sets = list(received.sets)
    is_receipt = bool(sets) and all(item.code in _RECEIPTS for item in sets)
    if is_receipt or not received.header.elements:
        return ()
    envelope = _mirrored(received, numbers, sent_at)
    is_newer = envelope.syntax_version >= "4"
    message = build(
        receipt_for(received, weigh=weigh),
        dialect=received.dialect,
        version="4" if is_newer else "D",
        release="1" if is_newer else "3",
    )
    return (wrap([message], envelope),)


def _mirrored(received: Interchange, numbers: ControlNumbers, sent_at: datetime) -> Envelope:
    """Return the envelope back to the partner: its ids exchanged, its syntax and separators."""
    unb, dialect = received.header, received.dialect
    identifier = component(unb, 1, 1, dialect)
    version = component(unb, 1, 2, dialect)
    return Envelope(
        sender=_station(unb, 3, dialect),
        receiver=_station(unb, 2, dialect),
        control_reference=numbers.interchange,
        message_number=numbers.message,
        sent_at=sent_at,
        syntax_identifier=identifier if identifier in CHARSETS else "UNOC",
        syntax_version=version if version in {"1", "2", "3", "4"} else "3",
        is_test=received.is_test,
        dialect=dialect,
    )


def _station(unb: Segment, element: int, dialect: Dialect) -> Station:
    parts = (component(unb, element, number, dialect) for number in (1, 2, 3))
    return Station(id=next(parts), qualifier=next(parts), internal=next(parts))


def receipt_for(received: Interchange, *, weigh: Weigh = weigh_by_table) -> SyntaxReceipt:
    """Return the verdict on an interchange, message by message.

    What is accepted is not named, as the standard has it: only the interchange and what is
    rejected are.
    """
    unb, dialect = received.header, received.dialect
    sender, receiver = _station(unb, 2, dialect), _station(unb, 3, dialect)
    worst = _worst(received.findings, weigh)
    plain = [group for group in received.groups if group.header is None]
    grouped = [group for group in received.groups if group.header is not None]
    messages = () if worst else _rejected(plain, weigh)
    groups = () if worst else tuple(_group_receipt(group, dialect, weigh) for group in grouped)
    return SyntaxReceipt(
        control_reference=component(unb, 5, 1, dialect),
        sender=sender.id,
        sender_qualifier=sender.qualifier,
        sender_internal=sender.internal,
        receiver=receiver.id,
        receiver_qualifier=receiver.qualifier,
        receiver_internal=receiver.internal,
        action=REJECTED if worst else ACCEPTED,
        error=_code(worst) if worst else "",
        service_tag=_service_tag(worst, "UNB"),
        element=_element(worst),
        component=_component(worst),
        messages=messages,
        groups=tuple(group for group in groups if group is not None),
    )


def _worst(findings: Iterable[Finding], weigh: Weigh) -> Finding | None:
    """Return the first finding that rejects, None when none does."""
    return next((each for each in findings if weigh(each) is Severity.ERROR), None)


def _rejected(groups: Iterable[Group], weigh: Weigh) -> tuple[MessageReceipt, ...]:
    receipts = (_message_receipt(item, weigh) for group in groups for item in group.sets)
    return tuple(receipt for receipt in receipts if receipt is not None)


def _group_receipt(group: Group, dialect: Dialect, weigh: Weigh) -> GroupReceipt | None:
    header = group.header or Segment("UNG")
    worst = _worst(group.findings, weigh)
    messages = () if worst else _rejected([group], weigh)
    if not worst and not messages:
        return None
    return GroupReceipt(
        control_number=component(header, 5, 1, dialect),
        sender=component(header, 2, 1, dialect),
        sender_qualifier=component(header, 2, 2, dialect),
        receiver=component(header, 3, 1, dialect),
        receiver_qualifier=component(header, 3, 2, dialect),
        action=REJECTED if worst else ACCEPTED,
        error=_code(worst) if worst else "",
        service_tag=_service_tag(worst, "UNG"),
        element=_element(worst),
        component=_component(worst),
        messages=messages,
    )


def _message_receipt(item: TransactionSet, weigh: Weigh) -> MessageReceipt | None:
    """Return the verdict on a rejected message; None for one that is accepted or a receipt."""
    findings = [each for each in (*item.findings, *check(item)) if weigh(each) is Severity.ERROR]
    if not findings or item.code in _RECEIPTS:
        return None
    outer = next((each for each in findings if each.tag in _SERVICE), None)
    header = item.segments[0]
    kind = [component(header, 2, number, item.dialect) for number in (1, 2, 3, 4, 5)]
    return MessageReceipt(
        control_number=item.control_number,
        code=kind[0],
        version=kind[1],
        release=kind[2],
        agency=kind[3],
        association=kind[4],
        action=REJECTED,
        error=_code(outer) if outer else "",
        service_tag=_service_tag(outer, "UNH"),
        element=_element(outer),
        component=_component(outer),
        segments=tuple(_segments([each for each in findings if each.tag not in _SERVICE])),
    )


def _segments(findings: list[Finding]) -> Iterable[SegmentReceipt]:
    """Return one UCS for each segment with errors, its UCDs inside, in order of position."""
    for position in sorted({each.place.segment for each in findings})[:999]:
        here = [each for each in findings if each.place.segment == position]
        whole = next((each for each in here if not each.place.element), None)
        elements = (_element_receipt(each) for each in here if each.place.element)
        yield SegmentReceipt(
            position=position,
            error=_code(whole) if whole else "",
            elements=tuple(elements)[:99],
        )


def _element_receipt(finding: Finding) -> ElementReceipt:
    return ElementReceipt(
        error=_code(finding), element=_element(finding), component=_component(finding)
    )


def _code(finding: Finding) -> str:
    return ERRORS.get(finding.code, UNSPECIFIED)


def _service_tag(finding: Finding | None, otherwise: str) -> str:
    """Return the service segment in error; for one that is missing, the one that should be."""
    if finding is None:
        return ""
    expected = finding.expected if finding.expected in _SERVICE else ""
    return expected or (finding.tag if finding.tag in _SERVICE else otherwise)


def _element(finding: Finding | None) -> int | None:
    """Return the element's position; the tag of a segment is the first."""
    return finding.place.element + 1 if finding and finding.place.element else None


def _component(finding: Finding | None) -> int | None:
    return finding.place.component or None if finding else None
