"""Public EDIFACT samples from many authors, as hostile input. Their folder is DRAWBAR_SAMPLES."""

import os
from collections import Counter
from pathlib import Path

import pytest

from drawbar.edi import Unparsed, unplaced
from drawbar.edi.document import TransactionSet
from drawbar.edi.edifact import build, parse, read, write
from drawbar.edi.edifact.typed import SHAPES

ROOT = Path(os.environ.get("DRAWBAR_SAMPLES", Path(__file__).parents[3].parent / "shared/data"))
FOLDER = ROOT / "edi"
pytestmark = pytest.mark.needs("samples")


def samples(folder: str) -> list[Path]:
    return sorted(path for path in (FOLDER / folder).rglob("*") if path.is_file())


def sets() -> list[tuple[Path, TransactionSet]]:
    return [
        (path, item)
        for path in samples("edifact")
        for interchange in read(path.read_bytes()).interchanges
        for item in interchange.sets
    ]


def test_no_sample_of_any_standard_breaks_the_reader():
    for path in samples("."):
        for interchange in read(path.read_bytes()).interchanges:
            for item in interchange.sets:
                parse(item)


def test_every_sample_is_written_as_it_was():
    for path in samples("edifact"):
        data = path.read_bytes()
        assert write(read(data)) == data, path.name


def test_every_header_that_is_well_formed_gives_a_table_of_messages():
    table = Counter(item.code for _, item in sets())

    assert table == {
        "": 4,
        "AESG": 1,
        "APERAK": 5,
        "BAPLIE": 1,
        "CONTRL": 1,
        "COPRAR": 1,
        "DELFOR": 1,
        "DESADV": 21,
        "IFCSUM": 2,
        "IFTMIN": 2,
        "IFTSTA": 1,
        "INVOIC": 7,
        "ORDERS": 19,
        "ORDRSP": 2,
    }


def test_every_file_of_tradacoms_is_declined_by_name_and_kept():
    for path in samples("tradacoms"):
        document = read(data := path.read_bytes())

        assert [each.actual for each in document.findings][1:] == ["TRADACOMS"], path.name
        assert write(document) == data


def test_every_message_of_a_typed_kind_becomes_a_typed_set():
    kinds = [item.code for _, item in sets() if not isinstance(parse(item)[0], Unparsed)]

    assert {code: kinds.count(code) for code in SHAPES} == {
        "IFTMIN": 2,
        "IFTMCS": 0,
        "IFTSTA": 1,
        "INVOIC": 7,
        "CONTRL": 1,
        "APERAK": 5,
    }


def test_every_typed_sample_says_the_same_when_built_again():
    for path, item in sets():
        typed, _ = parse(item)
        if isinstance(typed, Unparsed):
            continue
        body = build(typed, dialect=item.dialect)
        header = item.segments[0]
        again, _ = parse(
            TransactionSet(
                code=item.code,
                control_number="",
                version="",
                segments=(header, *body.segments),
                dialect=item.dialect,
            )
        )
        assert unplaced(again) == unplaced(typed), path.name
