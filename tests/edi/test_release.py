"""Which definitions a message is read by, and what changed between them."""

import pytest

from drawbar.edi import FindingCode, TransactionSet, check, segment
from drawbar.edi.x12.release import release_for


@pytest.mark.parametrize(
    ("version", "release"),
    [
        ("002001", "003060"),
        ("003060", "003060"),
        ("003072", "003060"),
        ("004010VICS", "004010"),
        ("004060", "004010"),
        ("005010X306", "005010"),
        ("008020", "005010"),
        ("", "004010"),
        ("4010", "004010"),
        ("999999", "005010"),
    ],
)
def test_the_nearest_release_that_is_not_newer_is_used(version, release):
    assert release_for(version).version == release


def findings(version: str, line: str) -> set[FindingCode]:
    tag, *elements = line.split("*")
    lines = (segment("ST", "940", "0001"), segment(tag, *elements), segment("SE", "3", "0001"))
    item = TransactionSet(code="940", control_number="0001", version=version, segments=lines)
    return {finding.code for finding in check(item) if finding.tag == tag}


@pytest.mark.parametrize(
    ("version", "line", "found"),
    [
        ("003060", "G62*10*260301", set()),
        ("003060", "G62*10*20260301", set()),
        ("004010", "G62*10*260301", {FindingCode.ELEMENT_TOO_SHORT}),
        ("004010", "N9*PO*" + "9" * 40, {FindingCode.ELEMENT_TOO_LONG}),
        ("005010", "N9*PO*" + "9" * 40, set()),
        ("005010", "N9*PO*" + "9" * 51, {FindingCode.ELEMENT_TOO_LONG}),
    ],
    ids=["six digits", "eight digits", "six are too few now", "long", "longer", "too long"],
)
def test_lengths_and_dates_are_those_of_the_release(version, line, found):
    assert findings(version, line) - {FindingCode.SEGMENT_MISSING} == found
