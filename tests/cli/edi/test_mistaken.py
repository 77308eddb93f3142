"""A file that is no EDI is called by its name, with the command that takes it."""

import gzip
import json

import pytest

from tests.cli.edi.message import INVOICE, run, written


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"carrier,invoice,amount\nNRTH,1,2\n", "drawbar import"),
        (b"carrier;invoice\nNRTH;1\n", "a table (CSV)"),
        (b'\xef\xbb\xbf{"bill": 1}', "drawbar audit FOLDER"),
        (b"[" * 100_000, "JSON"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04 xl/workbook.xml", "an Excel workbook"),
        (b"PK\x03\x04 a.edi", "a ZIP archive"),
        (gzip.compress(INVOICE), "gunzip"),
        (INVOICE.decode().encode("cp037"), "EBCDIC"),
        (INVOICE.decode().encode("utf-16"), "UTF-16"),
        (b"STX=ANA:1+5000000000000:X'", "TRADACOMS"),
        (b"ST*210*0001~", "without its ISA envelope"),
        (b"", "is empty"),
        (b" \r\n\x1a", "nothing but blanks"),
        (b"hello", "no ISA (X12) and no UNB (EDIFACT)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("more", [(), ("--json",)], ids=["text", "JSON"])
def test_a_file_that_is_no_edi_is_named_and_exits_4(data, told, more):
    outcome = run("inspect", *more, given=data)

    assert outcome.exit_code == 4
    assert told in outcome.stderr
    assert not more or json.loads(outcome.stdout) == {"interchanges": []}


def test_a_folder_is_named(tmp_path):
    outcome = run("inspect", tmp_path)

    assert outcome.exit_code == 4
    assert "is a folder" in outcome.stderr


def test_a_good_file_is_read_beside_a_mistaken_one(tmp_path):
    wrong = written(tmp_path, "a.csv", b"a,b\n1,2\n")
    right = written(tmp_path, "b.edi", INVOICE)

    outcome = run("inspect", wrong, right)

    assert outcome.exit_code == 4
    assert "freight invoice" in outcome.stdout
