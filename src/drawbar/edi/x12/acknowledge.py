"""Answer a partner's groups: what we could read, and exactly where we could not (997 or 999).

Ids and version mirror the partner's. A receipt is never given for a receipt.
Source: X12 transaction sets 997, release 004010, and 999, release 005010, elements 715 to 723,
restated.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import Struct, structs

from drawbar.edi.acknowledgement import Acknowledgement, ElementError, SegmentError, SetReceipt
from drawbar.edi.document import Group, Interchange, TransactionSet
from drawbar.edi.finding import Finding, FindingCode, Severity
from drawbar.edi.segment import Segment
from drawbar.edi.x12.acknowledge_code import (
    ELEMENT_ERRORS,
    GROUP_ERRORS,
    SEGMENT_ERRORS,
    SET_ERRORS,
)
from drawbar.edi.x12.check import check
from drawbar.edi.x12.release import release_for
from drawbar.edi.x12.set_997 import build_acknowledgement
from drawbar.edi.x12.wrap import Body, Envelope, wrap

Weigh = Callable[[Finding], Severity]
"""The partner's profile: ERROR rejects the set, WARNING notes the error, NOTE is not mentioned."""

_RECEIPTS = {"997", "999"}
_ABSENT = {FindingCode.SEGMENT_MISSING, FindingCode.LOOP_START_MISSING}
_CONVENTION_OF_999 = {"005010": "005010X231A1"}
"""What a 999 says it follows (GS08, ST03), by release. Source: X12 guide 005010X231A1."""
_OUR_TABLES = {FindingCode.CODE_UNKNOWN, FindingCode.VERSION_ASSUMED}


class Numbers(Struct, frozen=True, kw_only=True):
    """Control numbers for one receipt, drawn by the caller for this partner without gaps."""

    interchange: int
    group: int
    set: int = 1


def weigh_by_table(finding: Finding) -> Severity:
    """Weigh as our table does; what only says that our tables are incomplete is not mentioned."""
    return Severity.NOTE if finding.code in _OUR_TABLES else finding.severity


def acknowledge(
    received: Interchange,
    *,
    numbers: Numbers,
    sent_at: datetime,
    weigh: Weigh = weigh_by_table,
    receipt: str = "",
) -> tuple[Interchange, ...]:
    """Return the interchange of receipts to send back, or nothing when there is nothing to answer.

    ``receipt`` is ``997`` or ``999``, as the partner's profile has it; empty: a 999 for what
    follows an implementation convention (005010X...), else a 997.
    One receipt for each group; empty when all groups are receipts themselves or none has a header.
    Raise ``UnableToWrap`` when the partner's ids or version do not fit into an envelope (``write``
    raises when its control numbers hold delimiters): a person
    answers such a file.
    """
    groups = [group for group in received.groups if group.header and not is_receipt(group)]
    if not groups:
        return ()
    component = received.dialect.component
    code = receipt or _usual_receipt(groups[0].version)
    receipts = [receipt_for(group, weigh=weigh, receipt=code) for group in groups]
    version = _answering_version(groups[0].version, code)
    bodies = [
        Body(
            code, build_acknowledgement(each, component=component).segments, version[6:] and version
        )
        for each in receipts
    ]
    header = groups[0].header or Segment("GS")
    envelope = mirrored(received, header, numbers=numbers, sent_at=sent_at)
    return (wrap(bodies, structs.replace(envelope, version=version)),)


def _usual_receipt(version: str) -> str:
    return "999" if version[:6] >= "005010" and version[6:7] == "X" else "997"


def _answering_version(version: str, code: str) -> str:
    """Return what the receipt follows: the partner's version, or the convention of a 999."""
    if code == "999" and version[6:7] == "X":
        return _CONVENTION_OF_999.get(version[:6], version[:6])
    return version


def mirrored(
    received: Interchange, header: Segment, *, numbers: Numbers, sent_at: datetime
) -> Envelope:
    """Return the envelope back to the partner: its ids exchanged, its version and delimiters.

    ``header`` is the GS that is answered, or an empty one.
    """
    isa = received.header
    return Envelope(
        sender_qualifier=isa.get(7),
        sender=isa.get(8).rstrip(),
        receiver_qualifier=isa.get(5),
        receiver=isa.get(6).rstrip(),
        control_number=numbers.interchange,
        group_number=numbers.group,
        set_number=numbers.set,
        sent_at=sent_at,
        version=header.get(8) or received.version,
        is_test=received.is_test,
        application_sender=header.get(3),
        application_receiver=header.get(2),
        dialect=received.dialect,
    )


def receipt_for(
    group: Group, *, weigh: Weigh = weigh_by_table, receipt: str = "997"
) -> Acknowledgement:
    """Return the verdict on one group, set by set. ``receipt`` is the set that will state it."""
    sets = tuple(_set_receipt(item, weigh) for item in group.sets)
    weighed = [finding for finding in group.findings if weigh(finding) is not Severity.NOTE]
    accepted = sum(item.verdict != "R" for item in sets)
    is_broken = any(weigh(finding) is Severity.ERROR for finding in weighed)
    return Acknowledgement(
        group_code=group.code,
        group_control_number=group.control_number,
        verdict=_group_verdict(sets, is_broken=is_broken, has_findings=bool(weighed)),
        included=_stated_count(group),
        received=len(sets),
        accepted=0 if is_broken else accepted,
        errors=_codes(weighed, GROUP_ERRORS),
        sets=_with_versions(sets, group) if receipt == "999" else sets,
        version=group.version if receipt == "999" else "",
        receipt=receipt,
    )


def _with_versions(sets: tuple[SetReceipt, ...], group: Group) -> tuple[SetReceipt, ...]:
    """Return the verdicts with what each set says that it follows (ST03)."""
    return tuple(
        structs.replace(verdict, version=item.segments[0].get(3))
        for verdict, item in zip(sets, group.sets, strict=True)
    )


def is_receipt(group: Group) -> bool:
    """Say whether a group holds receipts: by its code, or by the sets in it."""
    return group.code == "FA" or any(item.code in _RECEIPTS for item in group.sets)


def _stated_count(group: Group) -> int:
    """Return GE01, or what we counted when it states no number."""
    stated = group.trailer.get(1) if group.trailer else ""
    is_number = stated.isascii() and stated.isdigit() and len(stated) <= 6
    return int(stated) if is_number else len(group.sets)


def _group_verdict(sets: tuple[SetReceipt, ...], *, is_broken: bool, has_findings: bool) -> str:
    verdicts = {item.verdict for item in sets}
    if is_broken or verdicts == {"R"}:
        return "R"
    if "R" in verdicts:
        return "P"
    return "E" if "E" in verdicts or has_findings else "A"


def _set_receipt(item: TransactionSet, weigh: Weigh) -> SetReceipt:
    findings = (*item.findings, *check(item))
    weighed = [finding for finding in findings if weigh(finding) is not Severity.NOTE]
    is_rejected = any(weigh(finding) is Severity.ERROR for finding in weighed)
    segments = tuple(_segment_errors(weighed, item))
    errors = _codes(weighed, SET_ERRORS)
    if segments:
        errors = tuple(dict.fromkeys((*errors, "5")))
    return SetReceipt(
        code=item.code,
        control_number=item.control_number,
        verdict="R" if is_rejected else ("E" if weighed else "A"),
        errors=errors[:5],
        segments=segments,
    )


def _codes(findings: Iterable[Finding], table: dict[FindingCode, str]) -> tuple[str, ...]:
    """Return each error code once, in the order found."""
    codes = (table[finding.code] for finding in findings if finding.code in table)
    return tuple(dict.fromkeys(codes))[:5]


def _segment_errors(findings: list[Finding], item: TransactionSet) -> Iterable[SegmentError]:
    """Return one AK3 for each segment with errors, its AK4s inside, in order of position."""
    positions = sorted({finding.place.segment for finding in findings if _is_inside(finding)})
    for position in positions:
        here = [each for each in findings if each.place.segment == position and _is_inside(each)]
        elements = tuple(_element_error(each, item) for each in here if _is_element(each))
        codes = _codes(here, SEGMENT_ERRORS)
        tag = next((each.expected for each in here if each.code in _ABSENT), "")
        yield SegmentError(
            tag=tag or here[0].tag[:3],
            position=position,
            code=codes[0] if codes else "8",
            elements=elements[:99],
        )


def _is_inside(finding: Finding) -> bool:
    return finding.code in SEGMENT_ERRORS or _is_element(finding)


def _is_element(finding: Finding) -> bool:
    return finding.code in ELEMENT_ERRORS and finding.place.element > 0


def _element_error(finding: Finding, item: TransactionSet) -> ElementError:
    place = finding.place
    definition = release_for(item.version).segments.get(finding.tag)
    uses = definition.uses if definition else ()
    number = uses[place.element - 1].element.number if place.element <= len(uses) else ""
    return ElementError(
        element=place.element,
        number=number,
        code=ELEMENT_ERRORS[finding.code],
        bad_data=_copy(item, place.segment, place.element),
    )


def _copy(item: TransactionSet, position: int, element: int) -> str:
    """Return the bad data in plain ASCII without delimiters, at most 99 characters."""
    text = item.segments[position - 1].get(element) if position <= len(item.segments) else ""
    plain = (mark if " " <= mark <= "~" else "?" for mark in text[:99])
    return "".join("?" if mark in item.dialect.delimiters else mark for mark in plain).rstrip()
