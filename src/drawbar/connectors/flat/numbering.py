"""Whether the segments of an IDoc are numbered as they stand: in order, and under their parents.

A number that is left blank claims nothing.
"""

from collections.abc import Mapping, Sequence

from drawbar.connectors.flat.field import Value
from drawbar.connectors.flat.notes import Notes
from drawbar.connectors.flat.record import Record
from drawbar.edi import FindingCode


def check(records: Sequence[Record], control: str, notes: Notes) -> None:
    """Note each number that differs, and segments before any control record."""
    said: Mapping[str, Value] | None = None
    count, numbers = 0, {-1: 0}
    for place, record in enumerate(records):
        if record.kind == control:
            said, count = record.values, 0
        elif record.kind:
            count += 1
            numbers[place] = count
            if said is None:
                text = "no control record stands before it"
                notes.of_record(FindingCode.HEADER_MISSING, text, record)
                said = {}
            expected = {
                "SEGNUM": f"{count:06d}",
                "PSGNUM": f"{numbers.get(record.parent, 0):06d}",
                "DOCNUM": f"{said.get('DOCNUM', '')}",
            }
            _compare(record, expected, notes)


def _compare(record: Record, expected: Mapping[str, str], notes: Notes) -> None:
    for name, number in expected.items():
        stated = f"{record.values.get(name, '')}"
        if stated and number and stated.lstrip("0") != number.lstrip("0"):
            text = f"{name} is not the number by which it stands there"
            code = FindingCode.CONTROL_NUMBER_WRONG
            notes.of_record(code, text, record, field=name, expected=number, actual=stated[:40])
