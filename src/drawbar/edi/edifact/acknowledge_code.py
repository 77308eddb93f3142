"""How our findings are called in a CONTRL.

Source: ISO 9735 code list 0085 (syntax error), versions 1 to 4, restated.
"""

from drawbar.edi.finding import FindingCode as Code

ERRORS = {
    Code.SYNTAX_UNKNOWN: "2",
    Code.CHARSET_UNKNOWN: "2",
    Code.DATE_BAD: "12",
    Code.TIME_BAD: "12",
    Code.CODE_UNKNOWN: "12",
    Code.ELEMENT_MISSING: "13",
    Code.SEGMENT_MISSING: "13",
    Code.HEADER_MISSING: "13",
    Code.TRAILER_MISSING: "13",
    Code.SET_UNKNOWN: "14",
    Code.SEGMENT_UNKNOWN: "15",
    Code.SEGMENT_UNEXPECTED: "15",
    Code.SEGMENT_OUT_OF_ORDER: "15",
    Code.ELEMENT_SURPLUS: "16",
    Code.DECIMAL_MARK_OTHER: "19",
    Code.DELIMITER_CLASH: "20",
    Code.CHARACTER_BAD: "21",
    Code.CHARSET_BROKEN: "21",
    Code.RELEASE_DANGLING: "22",
    Code.SERVICE_STRING_MALFORMED: "22",
    Code.CONTROL_NUMBER_REPEATED: "26",
    Code.CONTROL_NUMBER_WRONG: "28",
    Code.COUNT_WRONG: "29",
    Code.SEGMENT_OUTSIDE_SET: "33",
    Code.SEGMENT_REPEATED: "35",
    Code.LOOP_REPEATED: "36",
    Code.NUMBER_BAD: "37",
    Code.ELEMENT_TOO_LONG: "39",
    Code.ELEMENT_TOO_SHORT: "40",
}
"""Finding -> error code; a finding that is not here is 18, unspecified."""

UNSPECIFIED = "18"
