"""Findings about a flat file, of the same form as those about EDI: code, place, what is meant."""

from drawbar.connectors.flat.cut import Piece
from drawbar.connectors.flat.field import Unread
from drawbar.connectors.flat.layout import Layout
from drawbar.connectors.flat.record import Record
from drawbar.connectors.flat.spot import offset_of
from drawbar.edi import Finding, FindingCode, Severity
from drawbar.edi.place import Place

FINDINGS_MAX = 2_000

_HARMLESS = frozenset({FindingCode.SEGMENT_EMPTY, FindingCode.LAST_TERMINATOR_MISSING})
_ODD = frozenset({FindingCode.ELEMENT_SURPLUS, FindingCode.ELEMENT_TOO_SHORT})


class Notes:
    """Collects findings up to a limit; one more says that there were more."""

    def __init__(self, layout: Layout) -> None:
        """Begin with none about a file of that layout."""
        self._layout = layout
        self.found: list[Finding] = []

    def add(
        self,
        code: FindingCode,
        text: str,
        piece: Piece,
        *,
        at: int = 0,
        expected: str = "",
        actual: str = "",
    ) -> None:
        """Note what is wrong with a record, ``at`` so many bytes behind its beginning."""
        place = Place(segment=piece.number, offset=piece.offset + at)
        self._put(code, text, place, expected=expected, actual=actual)

    def field(
        self, code: FindingCode, text: str, piece: Piece, number: int, offset: int, error: Unread
    ) -> None:
        """Note what is wrong with the field of that number in its record."""
        place = Place(segment=piece.number, element=number, offset=offset)
        self._put(code, text, place, expected=error.expected)

    def of_record(
        self,
        code: FindingCode,
        text: str,
        record: Record,
        *,
        field: str = "",
        expected: str = "",
        actual: str = "",
    ) -> None:
        """Note what is wrong with a record that was read, or with one of its fields."""
        offset = offset_of(record, field, self._layout) if field else record.offset
        place = Place(segment=record.number, offset=offset)
        self._put(code, text, place, expected=expected, actual=actual, tag=record.kind)

    def length(self, code: FindingCode, text: str, piece: Piece, *lengths: int) -> None:
        """Note a record that is too long or too short: the length expected, and the actual one."""
        expected, actual = map(str, lengths)
        self.add(code, text, piece, expected=expected, actual=actual)

    def limit(self, what: str, most: int, actual: int, piece: Piece | None = None) -> None:
        """Note that there is more of something than is read."""
        place = Place(segment=piece.number, offset=piece.offset) if piece else Place(segment=0)
        text = f"more {what} than anybody sends"
        said = {"expected": f"at most {most}", "actual": str(actual)}
        self._put(FindingCode.LIMIT_REACHED, text, place, **said)

    def nothing(self) -> None:
        """Note that a file is empty."""
        self._put(FindingCode.NO_INTERCHANGE, "the file is empty", Place(segment=0))

    def whole(self, code: FindingCode, text: str) -> None:
        """Note what is wrong with the file as a whole."""
        self._put(code, text, Place(segment=0))

    def _put(
        self,
        code: FindingCode,
        text: str,
        place: Place,
        *,
        expected: str = "",
        actual: str = "",
        tag: str = "",
    ) -> None:
        if len(self.found) > FINDINGS_MAX:
            return
        if len(self.found) == FINDINGS_MAX:
            code, text, place = FindingCode.LIMIT_REACHED, "more findings", Place(segment=0)
        self.found.append(
            Finding(
                code=code,
                severity=_severity(code),
                text=text,
                place=place,
                index=place.segment - 1,
                tag=tag,
                expected=expected,
                actual=actual,
            )
        )


def _severity(code: FindingCode) -> Severity:
    if code in _HARMLESS:
        return Severity.NOTE
    return Severity.WARNING if code in _ODD else Severity.ERROR
