"""The TA1: a receipt for an envelope, as X12 writes it between ISA and the first group.

It says whether the envelope could be opened, and nothing of what is inside. A TA1 is never given
for an envelope of receipts.
Source: X12.5 interchange control structure, segment TA1 and element I18, restated.
"""

from datetime import datetime

from msgspec import structs

from drawbar.edi.acknowledgement import InterchangeReceipt
from drawbar.edi.document import Interchange
from drawbar.edi.finding import Finding, FindingCode, Severity
from drawbar.edi.meaning import found
from drawbar.edi.segment import Segment
from drawbar.edi.value import read_date, read_time
from drawbar.edi.x12.acknowledge import (
    Numbers,
    Weigh,
    is_receipt,
    mirrored,
    weigh_by_table,
)
from drawbar.edi.x12.acknowledge_code import HEADER_ERRORS, INTERCHANGE_ERRORS
from drawbar.edi.x12.line import Line
from drawbar.edi.x12.wrap import wrap

TA1 = Line("TA1", "control_number on:short_date clock:time verdict note")
_DUPLICATE = "025"


def interchange_receipts(received: Interchange) -> tuple[InterchangeReceipt, ...]:
    """Return the verdicts on our envelopes that a partner sent, in order."""
    outside = (item for item in received.segments if item.tag == "TA1" and not item.position)
    return tuple(InterchangeReceipt(**TA1.read(item)) for item in outside)


def acknowledge_interchange(
    received: Interchange,
    *,
    numbers: Numbers,
    sent_at: datetime,
    weigh: Weigh = weigh_by_table,
    is_duplicate: bool = False,
) -> tuple[Interchange, ...]:
    """Return the interchange with a TA1 to send back; empty for an envelope of receipts.

    ``is_duplicate``: the caller has had this control number with other content; then it is
    rejected. Whether a partner wants a TA1 is ``received.asks_receipt``, or agreed. Raise
    ``UnableToWrap`` when its ids do not fit into an envelope.
    """
    if _holds_receipts_only(received):
        return ()
    receipt = interchange_receipt_for(received, weigh=weigh, is_duplicate=is_duplicate)
    group = next((each.header for each in received.groups if each.header), None)
    envelope = mirrored(received, group or Segment("GS"), numbers=numbers, sent_at=sent_at)
    if received.version.strip():
        envelope = structs.replace(envelope, version=received.version)
    return (wrap([], envelope, receipts=[TA1.write(receipt)]),)


def interchange_receipt_for(
    received: Interchange, *, weigh: Weigh = weigh_by_table, is_duplicate: bool = False
) -> InterchangeReceipt:
    """Return the verdict on an envelope: its gravest finding names the note."""
    isa = received.header
    findings = (*received.findings, *_clock_findings(isa))
    graves = [one for one in findings if weigh(one) is Severity.ERROR and _note(one)]
    slight = [one for one in findings if weigh(one) is Severity.WARNING and _note(one)]
    worst = (*graves, *slight)
    verdict = "R" if graves or is_duplicate else ("E" if slight else "A")
    return InterchangeReceipt(
        control_number=isa.get(13).strip(),
        on=read_date(isa.get(9)),
        clock=read_time(isa.get(10)),
        verdict=verdict,
        note=_DUPLICATE if is_duplicate else (_note(worst[0]) if worst else "000"),
    )


def _holds_receipts_only(received: Interchange) -> bool:
    has_receipt = bool(interchange_receipts(received)) or bool(received.groups)
    return has_receipt and all(map(is_receipt, received.groups))


def _note(finding: Finding) -> str:
    """Return how a finding is called in a TA1; empty when it is not about the envelope."""
    if finding.tag == "ISA" and finding.place.element in HEADER_ERRORS:
        return HEADER_ERRORS[finding.place.element]
    return INTERCHANGE_ERRORS.get(finding.code, "")


def _clock_findings(isa: Segment) -> list[Finding]:
    """Return what is wrong with date and time of the envelope: the reader does not need them."""
    findings = []
    if read_date(isa.get(9)) is None:
        findings.append(found(FindingCode.DATE_BAD, isa, 9, actual=isa.get(9)))
    if read_time(isa.get(10)) is None:
        findings.append(found(FindingCode.TIME_BAD, isa, 10, actual=isa.get(10)))
    return findings
