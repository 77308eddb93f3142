"""Whether a file is accepted is decided by the chosen strictness, finding by finding."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.cli.edi.weighing import UNREADABLE, Measure, strictness
from drawbar.edi import Finding, FindingCode, Severity
from drawbar.edi.place import NOWHERE
from tests.cli.edi.message import BROKEN, INVOICE, STATUS, invoice, run, written

WARNED = INVOICE.replace(b"*00*          *00*", b"*00*         *00*", 1)  # ISA02 is too narrow


@pytest.mark.parametrize(
    ("data", "options", "code"),
    [
        (INVOICE, (), 0),
        (STATUS, ("--lenient",), 0),
        (BROKEN, (), 4),
        (BROKEN, ("--lenient",), 0),
        (BROKEN, ("--accept", "count_wrong"), 4),
        (BROKEN, ("--accept", "count_wrong", "--warn", "element-missing"), 0),
        (WARNED, (), 0),
        (WARNED, ("--strict",), 4),
        (WARNED, ("--strict", "--accept", "header_not_fixed"), 0),
        (WARNED, ("--lenient", "--reject", "HEADER_NOT_FIXED"), 4),
        (INVOICE[:60], ("--lenient",), 4),
    ],
    ids=lambda value: " ".join(value) or "as the table says" if isinstance(value, tuple) else "",
)
@pytest.mark.parametrize("more", [(), ("--json",)], ids=["table", "JSON"])
def test_the_chosen_strictness_decides_the_exit_code(data, options, code, more):
    assert run("validate", *options, *more, given=data).exit_code == code


def test_each_finding_is_a_row_with_its_set_and_place():
    outcome = run("validate", given=BROKEN)

    rows = [line.split() for line in outcome.stdout.splitlines()[1:]]
    assert rows[0][:6] == ["210", "0001", "2", "165", "refused", "element_missing"]
    assert "Refused: 1 interchange, 1 set; 2 errors, 0 warnings, 0 notes." in outcome.stderr


def test_findings_are_listed_as_they_were_weighed():
    outcome = run("validate", "--json", "--warn", "count_wrong", given=BROKEN)

    (found,) = json.loads(outcome.stdout)["interchanges"]
    weights = {one["code"]: one["severity"] for one in found["sets"][0]["findings"]}
    assert weights == {"element_missing": "error", "count_wrong": "warning"}


def test_an_envelope_that_is_wrong_refuses_too():
    assert run("validate", given=INVOICE.replace(b"IEA*1*", b"IEA*9*")).exit_code == 4


def test_a_code_that_there_is_not_is_refused_with_the_nearest():
    outcome = run("validate", "--reject", "count_wrng", given=INVOICE)

    assert outcome.exit_code == 2
    assert "the nearest is count_wrong" in outcome.stderr


def test_a_code_weighed_twice_is_refused():
    options = ("--reject", "junk", "--accept", "junk")

    assert run("validate", *options, given=INVOICE).exit_code == 2


def test_a_long_table_is_cut_short_and_says_so():
    data = invoice(1, sets=300).replace(b"SE*14*", b"SE*15*")

    short, whole = run("validate", given=data), run("validate", "--all", given=data)

    assert "Left out: 100 findings." in short.stderr
    assert len(whole.stdout.splitlines()) == 301


def test_several_files_have_a_column_for_the_file(tmp_path):
    paths = [written(tmp_path, name, BROKEN) for name in ("a.edi", "b.edi")]

    outcome = run("validate", *paths)

    assert outcome.stdout.startswith("File")
    assert all(str(path) in outcome.stdout for path in paths)


@given(st.sampled_from(FindingCode), st.sampled_from(Severity), st.sampled_from(Measure))
def test_no_measure_lets_pass_what_cannot_be_read(code, severity, measure):
    finding = Finding(code=code, severity=severity, text="", place=NOWHERE)
    chosen = strictness(measure)

    unreadable = code in UNREADABLE and severity is Severity.ERROR
    assert not unreadable or chosen.refuses(finding)
    assert measure is not Measure.STRICT or severity is Severity.NOTE or chosen.refuses(finding)
