"""What we read is written again as it was, and where it is not, the byte is named."""

import json

import pytest

from tests.cli.edi.message import INVOICE, STATUS, invoice, run, written

WRAPPED = INVOICE.replace(b"INV-1", b"INV\n-1")


@pytest.mark.parametrize(
    "data",
    [INVOICE, STATUS, INVOICE + STATUS + invoice(8), b"\xef\xbb\xbf" + INVOICE + b"\x1a"],
    ids=["X12", "EDIFACT", "both in one file", "with a byte order mark"],
)
def test_a_file_comes_out_as_it_was(data, tmp_path):
    again = tmp_path / "again.edi"

    outcome = run("roundtrip", "--output", again, given=data)

    assert outcome.exit_code == 0
    assert again.read_bytes() == data


def test_the_first_byte_that_differs_is_named_and_exits_1():
    data = INVOICE + WRAPPED

    outcome = run("roundtrip", "--json", given=data)

    (one,) = json.loads(outcome.stdout)["files"]
    assert outcome.exit_code == 1
    assert one["differs_at"] == data.index(b"INV\n-1") + 3
    assert "INV\\n-1" in one["was"]


def test_a_file_is_told_of_in_a_line(tmp_path):
    same = written(tmp_path, "same.edi", INVOICE)
    other = written(tmp_path, "other.edi", WRAPPED)

    outcome = run("roundtrip", same, other)

    assert f"{same}: the same, {len(INVOICE)} bytes, 1 interchange" in outcome.stdout
    assert f"{other}: differs at byte" in outcome.stdout
    assert "1 file would not come out as it was." in outcome.stderr


def test_what_is_no_edi_exits_4():
    assert run("roundtrip", given=b"%PDF-1.7").exit_code == 4
