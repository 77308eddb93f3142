"""What must hold of any bytes: nothing is raised but the codec's refusals, and bounds are kept."""

from collections.abc import Callable
from datetime import datetime
from time import thread_time
from typing import Any

from msgspec import Struct

from drawbar.edi import (
    Document,
    FindingCode,
    Interchange,
    Limits,
    Numbers,
    UnableToFormat,
    UnableToWrap,
    UnableToWrite,
    Unparsed,
    acknowledge,
    acknowledge_interchange,
    build,
    edifact,
    interchange_receipts,
    parse,
    read,
    write,
)
from drawbar.edi.edifact.shape import UnableToState

REFUSALS = (UnableToWrite, UnableToWrap, UnableToFormat, UnableToState)
SECONDS_MAX, SECONDS_PER_KB = 1.0, 0.05
_TAKEN_OUT = {FindingCode.LINE_WRAP, FindingCode.LIMIT_REACHED}
_SENT_AT = datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001 - written as it is
_NUMBERS = Numbers(interchange=1, group=1)


class Trial(Struct, frozen=True, kw_only=True):
    """One input: ``broken`` says what did not hold, empty when all did."""

    size: int
    seconds: float
    sets: int = 0
    is_exact: bool = False
    broken: str = ""


def tried(data: bytes) -> Trial:
    """Do with ``data`` all that we do with what a partner sends."""
    begun = thread_time()
    sets = 0
    is_exact = False
    try:
        document = read(data)
        written = write(document)  # what was read is never refused
        is_exact = written == data
        broken = _unbounded(document, data) or _altered(document, is_exact=is_exact)
        for interchange in document.interchanges:
            sets += _interchange(interchange)
    except Exception as error:  # noqa: BLE001 - any exception is what we look for
        broken = _told(error)
    seconds = thread_time() - begun
    if not broken and seconds > SECONDS_MAX + SECONDS_PER_KB * len(data) / 1024:
        broken = f"slow: {seconds:.1f} s for {len(data):,} bytes"
    return Trial(size=len(data), seconds=seconds, sets=sets, is_exact=is_exact, broken=broken)


def _told(error: Exception) -> str:
    """Return an error with the innermost place in the codec that raised it."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "drawbar" in code.co_filename:
            place = f"{code.co_filename.rpartition('drawbar/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}: {str(error)[:120]!r}"


def _altered(document: Document, *, is_exact: bool) -> str:
    """Say where a byte came out otherwise though no finding told that something was taken out."""
    told = _TAKEN_OUT & {each.code for each in document.all_findings}
    return "" if is_exact or told else "not written as it was"


def _unbounded(document: Document, data: bytes) -> str:
    """Return which bound does not hold, empty when all do."""
    limits = Limits()
    findings = document.all_findings
    if len(findings) > limits.findings_max + 1:
        return f"{len(findings)} findings of the reader"
    if any(not -1 <= each.place.offset <= len(data) for each in findings):
        return "a finding outside of the file"
    if sum(len(one.segments) for one in document.interchanges) > limits.segments_max:
        return "more segments than the limit"
    kept = sum(len(one.raw) for one in document.interchanges) + len(document.tail)
    return "more bytes kept than there were" if kept > len(data) else ""


def _interchange(interchange: Interchange) -> int:
    assert interchange.identity.payload_hash
    interchange_receipts(interchange)
    for answer in (acknowledge, acknowledge_interchange):
        _answered(answer, interchange)
    count = 0
    for item in interchange.sets:
        count += 1
        typed, _ = parse(item)
        if isinstance(typed, Unparsed):
            continue
        if interchange.is_edifact:
            _unless_refused(lambda: edifact.build(typed, dialect=item.dialect))  # type: ignore[arg-type] # noqa: B023
        else:
            _unless_refused(lambda: build(typed, component=item.dialect.component))  # type: ignore[arg-type] # noqa: B023
    return count


def _answered(answer: Callable[..., tuple[Interchange, ...]], interchange: Interchange) -> None:
    made = _unless_refused(lambda: answer(interchange, numbers=_NUMBERS, sent_at=_SENT_AT))
    for one in made or ():
        again = _unless_refused(lambda: write(one))  # noqa: B023
        if again is not None:
            _readable(again)


def _readable(data: bytes) -> None:
    """Raise ``ReceiptUnreadable`` when a receipt of ours is none to ourselves."""
    if not read(data).interchanges:
        raise ReceiptUnreadable(repr(data[:200]))


class ReceiptUnreadable(ValueError):
    """A receipt that we wrote cannot be read again."""


def _unless_refused(work: Callable[[], Any]) -> Any:
    """Return what ``work`` returns, None where the codec refuses by name."""
    try:
        return work()
    except REFUSALS:
        return None
