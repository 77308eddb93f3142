"""How our findings are called in a 997, 999 or TA1.

Source: X12 elements 716, 718, 720 and 723, release 004010; I18 for the TA1.
"""

from drawbar.edi.finding import FindingCode as Code

GROUP_ERRORS = {
    Code.TRAILER_MISSING: "3",
    Code.CONTROL_NUMBER_WRONG: "4",
    Code.COUNT_WRONG: "5",
    Code.CONTROL_NUMBER_REPEATED: "6",
}
"""AK905 to AK909."""

SET_ERRORS = {
    Code.SET_UNKNOWN: "1",
    Code.TRAILER_MISSING: "2",
    Code.CONTROL_NUMBER_WRONG: "3",
    Code.COUNT_WRONG: "4",
    Code.CONTROL_NUMBER_REPEATED: "7",
}
"""AK502 to AK506; 5 stands for errors in segments."""

SEGMENT_ERRORS = {
    Code.SEGMENT_UNKNOWN: "1",
    Code.TAG_MALFORMED: "1",
    Code.SEGMENT_UNEXPECTED: "2",
    Code.SEGMENT_MISSING: "3",
    Code.LOOP_START_MISSING: "3",
    Code.LOOP_REPEATED: "4",
    Code.SEGMENT_REPEATED: "5",
    Code.SEGMENT_OUT_OF_ORDER: "7",
}
"""AK304; 8 stands for errors in elements."""

ELEMENT_ERRORS = {
    Code.ELEMENT_MISSING: "1",
    Code.CONDITION_UNMET: "2",
    Code.ELEMENT_SURPLUS: "3",
    Code.ELEMENT_TOO_SHORT: "4",
    Code.ELEMENT_TOO_LONG: "5",
    Code.CHARACTER_BAD: "6",
    Code.NUMBER_BAD: "6",
    Code.AMOUNT_HAS_POINT: "6",
    Code.CODE_UNKNOWN: "7",
    Code.DATE_BAD: "8",
    Code.TIME_BAD: "9",
    Code.EXCLUSION_VIOLATED: "10",
}
"""AK403."""

INTERCHANGE_ERRORS = {
    Code.CONTROL_NUMBER_WRONG: "001",
    Code.TERMINATOR_MISSING: "004",
    Code.COUNT_WRONG: "021",
    Code.HEADER_CUT: "022",
    Code.HEADER_MISSING: "022",
    Code.LIMIT_REACHED: "022",
    Code.TRAILER_MISSING: "023",
    Code.SEGMENT_OUTSIDE_SET: "024",
    Code.CHARSET_BROKEN: "024",
    Code.DELIMITER_CLASH: "026",
    Code.COMPONENT_SEPARATOR_MISSING: "027",
}
"""TA105, where it does not depend on the element."""

HEADER_ERRORS = {
    1: "010", 2: "011", 3: "012", 4: "013", 5: "005", 6: "006", 7: "007", 8: "008", 9: "014",
    10: "015", 11: "016", 12: "017", 13: "018", 14: "019", 15: "020", 16: "027",
}  # fmt: skip
"""TA105 for an element of the ISA that is not as wide, or not what, it must be."""
