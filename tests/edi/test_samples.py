"""Public samples from many authors, as hostile input. Their folder is DRAWBAR_SAMPLES."""

import os
from pathlib import Path

import pytest

from drawbar.edi import FindingCode, Severity, Unparsed, build, parse, read, unplaced, write
from drawbar.edi.document import TransactionSet

ROOT = Path(os.environ.get("DRAWBAR_SAMPLES", Path(__file__).parents[2].parent / "shared/data"))
FOLDER = ROOT / "edi"
pytestmark = pytest.mark.needs("samples")
WRAPS = {FindingCode.LINE_WRAP}


def samples(folder: str) -> list[Path]:
    return sorted(path for path in (FOLDER / folder).rglob("*") if path.is_file())


def sets(code: str) -> list[tuple[Path, TransactionSet]]:
    read_files = [(path, read(path.read_bytes())) for path in samples(f"x12/{code}")]
    return [
        (path, item)
        for path, document in read_files
        for interchange in document.interchanges
        for item in interchange.sets
        if item.code == code
    ]


def test_no_sample_of_any_standard_breaks_the_reader():
    for path in samples("."):
        document = read(path.read_bytes())
        for interchange in document.interchanges:
            for item in interchange.sets:
                parse(item)


def test_every_sample_without_line_wraps_is_written_as_it_was():
    for path in samples("x12"):
        data = path.read_bytes()
        document = read(data)
        if not WRAPS & {finding.code for finding in document.all_findings}:
            assert write(document) == data, path.name


@pytest.mark.parametrize(
    ("code", "files", "messages"),
    [("204", 4, 4), ("990", 1, 1), ("214", 10, 29), ("210", 1, 5)],
)
def test_every_sample_becomes_a_typed_set(code, files, messages):
    found = sets(code)

    assert (len({path for path, _ in found}), len(found)) == (files, messages)
    for _, item in found:
        typed, _ = parse(item)
        assert not isinstance(typed, Unparsed)
        assert typed.shipment_id or code == "210"


@pytest.mark.parametrize("code", ["204", "990", "214", "210"])
def test_every_typed_sample_says_the_same_when_built_again(code):
    for path, item in sets(code):
        typed, _ = parse(item)
        body = build(typed, component=item.dialect.component)
        parts = (item.segments[0], *body.segments)
        again, _ = parse(TransactionSet(code=code, control_number="", version="", segments=parts))
        assert unplaced(again) == unplaced(typed), path.name


def test_what_is_missing_in_a_cut_sample_is_named():
    document = read((FOLDER / "x12/214/jf-tech_omniparser__edi_in_depth.md.1.edi").read_bytes())

    missing = [each.expected for each in document.all_findings]
    assert missing == ["IEA", "GE", "SE"]


def test_a_sample_broken_on_purpose_has_exactly_these_findings():
    path = FOLDER / "x12/214/yurii1exe_edi-x12-toolkit__214-broken.edi"

    found = read(path.read_bytes()).all_findings

    assert {(each.tag, each.place.element, each.expected, each.actual) for each in found} == {
        ("SE", 1, "7", "9"),
        ("GE", 1, "1", "2"),
        ("IEA", 2, "000000001", "000000002"),
    }


def test_the_public_invoices_foot():
    for _, item in sets("210"):
        invoice, found = parse(item)
        assert FindingCode.CHARGES_DO_NOT_FOOT not in {each.code for each in found}
        assert invoice.charged == invoice.net_amount.value


def test_tenders_that_are_well_formed_have_no_errors():
    for path, item in sets("204"):
        errors = [each for each in parse(item)[1] if each.severity is Severity.ERROR]
        assert errors == [], path.name
