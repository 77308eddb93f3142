"""A finding: one thing that is wrong or odd in a partner's file, and exactly where.

Reading never stops at a finding. The partner's profile decides, by code, what to accept, to note
or to refuse.
"""

from enum import StrEnum

from msgspec import Struct

from drawbar.edi.place import Place


class Severity(StrEnum):
    """How much a finding weighs unless the partner's profile says otherwise."""

    NOTE = "note"  # harmless; kept so that nobody has to wonder
    WARNING = "warning"  # readable, but the partner should mend it
    ERROR = "error"  # what was said cannot be relied on


class FindingCode(StrEnum):
    """The stable name of what was found."""  # stored

    # around and between the segments
    JUNK = "junk"
    BYTE_ORDER_MARK = "byte_order_mark"
    NO_INTERCHANGE = "no_interchange"
    STANDARD_OTHER = "standard_other"
    LIMIT_REACHED = "limit_reached"
    CHARSET_BROKEN = "charset_broken"
    LINE_WRAP = "line_wrap"
    SEGMENT_EMPTY = "segment_empty"
    TERMINATOR_MISSING = "terminator_missing"
    LAST_TERMINATOR_MISSING = "last_terminator_missing"
    TAG_MALFORMED = "tag_malformed"
    # the interchange header
    HEADER_NOT_FIXED = "header_not_fixed"
    HEADER_CUT = "header_cut"
    DELIMITER_CLASH = "delimiter_clash"
    COMPONENT_SEPARATOR_MISSING = "component_separator_missing"
    REPETITION_SEPARATOR_MISSING = "repetition_separator_missing"
    # the interchange header and service string of EDIFACT
    SERVICE_STRING_MALFORMED = "service_string_malformed"
    CHARSET_UNKNOWN = "charset_unknown"
    CHARSET_LOWER_CASE = "charset_lower_case"
    SYNTAX_UNKNOWN = "syntax_unknown"
    RELEASE_DANGLING = "release_dangling"
    # envelopes
    HEADER_MISSING = "header_missing"
    TRAILER_MISSING = "trailer_missing"
    COUNT_WRONG = "count_wrong"
    CONTROL_NUMBER_WRONG = "control_number_wrong"
    CONTROL_NUMBER_REPEATED = "control_number_repeated"
    SEGMENT_OUTSIDE_SET = "segment_outside_set"
    # a set against its definition
    SET_UNKNOWN = "set_unknown"
    VERSION_ASSUMED = "version_assumed"
    GROUP_CODE_WRONG = "group_code_wrong"
    SEGMENT_UNKNOWN = "segment_unknown"
    SEGMENT_UNEXPECTED = "segment_unexpected"
    SEGMENT_OUT_OF_ORDER = "segment_out_of_order"
    SEGMENT_MISSING = "segment_missing"
    SEGMENT_REPEATED = "segment_repeated"
    LOOP_REPEATED = "loop_repeated"
    LOOP_START_MISSING = "loop_start_missing"
    # elements
    ELEMENT_MISSING = "element_missing"
    ELEMENT_SURPLUS = "element_surplus"
    ELEMENT_TOO_SHORT = "element_too_short"
    ELEMENT_TOO_LONG = "element_too_long"
    CHARACTER_BAD = "character_bad"
    NUMBER_BAD = "number_bad"
    DATE_BAD = "date_bad"
    TIME_BAD = "time_bad"
    CODE_UNKNOWN = "code_unknown"
    CONDITION_UNMET = "condition_unmet"
    EXCLUSION_VIOLATED = "exclusion_violated"
    # what the typed sets look for
    REFERENCE_REVERSED = "reference_reversed"
    DECIMAL_MARK_OTHER = "decimal_mark_other"
    CHARGES_DO_NOT_FOOT = "charges_do_not_foot"
    REMITTANCE_DOES_NOT_FOOT = "remittance_does_not_foot"
    AMOUNT_HAS_POINT = "amount_has_point"
    CURRENCY_MISSING = "currency_missing"


class Finding(Struct, frozen=True, kw_only=True):
    """One thing found. ``index`` is the segment's ordinal in its interchange, -1 for no segment.

    ``place`` gives its position in the set (0 = outside a set), the element (0 = the whole
    segment) and the byte offset in the file.
    """

    code: FindingCode
    severity: Severity
    text: str
    place: Place
    index: int = -1
    tag: str = ""
    expected: str = ""
    actual: str = ""
