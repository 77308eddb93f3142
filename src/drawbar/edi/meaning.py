"""What each finding weighs and says, in words that a partner's EDI desk understands."""

from drawbar.edi.finding import Finding, FindingCode, Severity
from drawbar.edi.place import NOWHERE
from drawbar.edi.segment import Segment

_C, _N, _W, _E = FindingCode, Severity.NOTE, Severity.WARNING, Severity.ERROR

MEANINGS: dict[FindingCode, tuple[Severity, str]] = {
    _C.JUNK: (_W, "text that belongs to no interchange"),
    _C.BYTE_ORDER_MARK: (_N, "the file begins with a byte order mark"),
    _C.NO_INTERCHANGE: (_E, "no interchange header in this file"),
    _C.STANDARD_OTHER: (_E, "a standard that we recognise and do not read; its bytes are kept"),
    _C.LIMIT_REACHED: (_E, "larger than we read; the rest was left out"),
    _C.CHARSET_BROKEN: (_W, "bytes that are not in the declared character set"),
    _C.LINE_WRAP: (_N, "line breaks inside a segment were taken out"),
    _C.SEGMENT_EMPTY: (_N, "two segment terminators with nothing between"),
    _C.TERMINATOR_MISSING: (_W, "the segment is not terminated"),
    _C.LAST_TERMINATOR_MISSING: (_N, "the last segment is not terminated"),
    _C.TAG_MALFORMED: (_W, "not a segment tag"),
    _C.HEADER_NOT_FIXED: (_W, "the ISA is not of its fixed width; read by its separators"),
    _C.HEADER_CUT: (_E, "the ISA ends before its sixteenth element"),
    _C.DELIMITER_CLASH: (_E, "one character serves as two delimiters"),
    _C.COMPONENT_SEPARATOR_MISSING: (_W, "ISA16 names no component separator"),
    _C.REPETITION_SEPARATOR_MISSING: (_N, "ISA11 names no repetition separator for this version"),
    _C.SERVICE_STRING_MALFORMED: (_W, "the UNA does not name the six service characters in use"),
    _C.CHARSET_UNKNOWN: (_W, "not a character set of the standard"),
    _C.CHARSET_LOWER_CASE: (_N, "small letters in a character set that has capitals alone"),
    _C.SYNTAX_UNKNOWN: (_W, "not a syntax version of the standard"),
    _C.RELEASE_DANGLING: (_W, "a release character with nothing behind it"),
    _C.HEADER_MISSING: (_E, "an envelope without its header"),
    _C.TRAILER_MISSING: (_E, "an envelope without its trailer"),
    _C.COUNT_WRONG: (_E, "the count in the trailer is not what was counted"),
    _C.CONTROL_NUMBER_WRONG: (_E, "the trailer's control number is not the header's"),
    _C.CONTROL_NUMBER_REPEATED: (_W, "the control number occurs twice in its envelope"),
    _C.SEGMENT_OUTSIDE_SET: (_W, "a segment between sets"),
    _C.SET_UNKNOWN: (_E, "we have no definition of this set"),
    _C.VERSION_ASSUMED: (_N, "no definition of this version; read by another"),
    _C.GROUP_CODE_WRONG: (_W, "the group's code is not that of its sets"),
    _C.SEGMENT_UNKNOWN: (_W, "not a segment that we know; kept"),
    _C.SEGMENT_UNEXPECTED: (_W, "the set's definition has no such segment here; kept"),
    _C.SEGMENT_OUT_OF_ORDER: (_W, "the segment comes later than its place"),
    _C.SEGMENT_MISSING: (_E, "a mandatory segment is missing"),
    _C.SEGMENT_REPEATED: (_W, "the segment occurs more often than it may"),
    _C.LOOP_REPEATED: (_W, "the loop occurs more often than it may"),
    _C.LOOP_START_MISSING: (_W, "the segment that begins this loop is missing; read as if there"),
    _C.ELEMENT_MISSING: (_E, "a mandatory element is empty"),
    _C.ELEMENT_SURPLUS: (_W, "more elements than the segment has"),
    _C.ELEMENT_TOO_SHORT: (_W, "shorter than it may be"),
    _C.ELEMENT_TOO_LONG: (_E, "longer than it may be"),
    _C.CHARACTER_BAD: (_W, "a character that has no place in text"),
    _C.NUMBER_BAD: (_E, "not a number of its kind"),
    _C.DATE_BAD: (_E, "not a date"),
    _C.TIME_BAD: (_E, "not a time of day"),
    _C.CODE_UNKNOWN: (_W, "a code that our table does not have"),
    _C.CONDITION_UNMET: (_W, "elements that go together are not together"),
    _C.EXCLUSION_VIOLATED: (_W, "elements that exclude each other are both there"),
    _C.REFERENCE_REVERSED: (_W, "value and qualifier seem to be exchanged"),
    _C.DECIMAL_MARK_OTHER: (_W, "not the decimal mark that the file declares"),
    _C.CHARGES_DO_NOT_FOOT: (_E, "the charges do not add up to the total"),
    _C.REMITTANCE_DOES_NOT_FOOT: (_W, "the items do not add up to what is paid"),
    _C.AMOUNT_HAS_POINT: (_E, "an amount in cents is written with a decimal point"),
    _C.CURRENCY_MISSING: (_N, "the currency is not stated"),
}


def found(
    code: FindingCode,
    segment: Segment | None = None,
    element: int = 0,
    *,
    component: int = 0,
    expected: object = "",
    actual: object = "",
) -> Finding:
    """Return a finding at ``segment`` (or about the whole file), weighed as the table says."""
    severity, sentence = MEANINGS[code]
    expected, actual = _short(expected), _short(actual)
    inner = f"-{component}" if component else ""
    where = f"{segment.tag}{element:02d}{inner}: " if segment and element else ""
    where = where or (f"{segment.tag}: " if segment else "")
    told = f" (expected {expected!r}, found {actual!r})" if expected or actual else ""
    return Finding(
        code=code,
        severity=severity,
        text=where + sentence + told,
        place=segment.place(element, component) if segment else NOWHERE,
        index=segment.index if segment else -1,
        tag=segment.tag if segment else "",
        expected=expected,
        actual=actual,
    )


def _short(value: object, longest: int = 80) -> str:
    """Keep a hostile value from filling a log."""
    text = str(value)
    return text if len(text) <= longest else text[:longest] + "…"
