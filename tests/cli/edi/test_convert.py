"""EDI becomes JSON and EDI again; what would be lost on the way is said."""

import json

import pytest

from drawbar.edi import parse, read, unplaced
from tests.cli.edi.message import INVOICE, STATUS, invoice, run, written

WHOLE = INVOICE.replace(b"L5*1*PAPER~\n", b"").replace(b"SE*14", b"SE*13")
"""Every segment of it has its place in what an invoice says."""
ORDER = WHOLE.replace(b"GS*IM", b"GS*PO").replace(b"ST*210", b"ST*850")


def said(data: bytes, *more: object) -> dict:
    outcome = run("convert", *more, given=data)
    assert outcome.exit_code == 0, outcome.stderr
    (one,) = json.loads(outcome.stdout)["interchanges"]
    return one


def test_an_invoice_is_said_in_fields():
    found = said(INVOICE)

    (item,) = found["sets"]
    assert (item["code"], item["says"]["invoice_number"]) == ("210", "INV-1")
    assert item["says"]["net_amount"]["value"] == "1100.00"
    assert found["envelope"]["sent_at"] == "2026-03-01T09:30:00"


def test_each_field_says_where_it_stood_if_asked_for():
    data = STATUS + INVOICE

    outcome = run("convert", "--places", given=data)

    second = json.loads(outcome.stdout)["interchanges"][1]
    place = second["sets"][0]["says"]["at"]["net_amount"]
    assert (place["segment"], place["element"]) == (2, 7)
    assert place["offset"] == data.index(b"B3**")
    assert "at" not in said(INVOICE)["sets"][0]["says"]


@pytest.mark.parametrize("data", [WHOLE, STATUS, ORDER], ids=["X12", "EDIFACT", "by its segments"])
def test_json_becomes_the_same_bytes_again(data):
    forth = run("convert", given=data)

    back = run("convert", given=forth.stdout_bytes)

    assert back.exit_code == 0, back.stderr
    assert back.stdout_bytes == data


def test_json_with_places_becomes_edi_too():
    forth = run("convert", "--places", given=WHOLE)

    assert run("convert", given=forth.stdout_bytes).stdout_bytes == WHOLE


def test_json_that_a_person_laid_out_otherwise_is_read_too():
    found = json.loads(run("convert", given=WHOLE).stdout)

    assert run("convert", given=json.dumps(found, indent=1).encode()).stdout_bytes == WHOLE


def test_a_segment_that_no_field_says_is_listed_and_told():
    outcome = run("convert", given=INVOICE)

    (one,) = json.loads(outcome.stdout)["interchanges"]
    assert one["sets"][0]["not_said"] == [["L5", "1", "PAPER"]]
    assert "1 segment would not come back as it was" in outcome.stderr


def test_what_stands_outside_of_sets_is_told():
    data = INVOICE.replace(b"GS*IM", b"TA1*000000001*260301*0930*A*000~\nGS*IM", 1)

    assert "not in the JSON: TA1" in run("convert", given=data).stderr


def test_other_separators_say_the_same():
    wish = ("--element", "|", "--component", "0x1f", "--segment", "!", "--line-end", "none")

    outcome = run("convert", *wish, given=INVOICE + STATUS)

    assert outcome.exit_code == 0, outcome.stderr
    before, after = read(INVOICE + STATUS), read(outcome.stdout_bytes)
    assert b"\n" not in outcome.stdout_bytes
    for one, other in zip(before.interchanges, after.interchanges, strict=True):
        assert other.dialect.element == "|"
        assert one.identity == other.identity
        for item, again in zip(one.sets, other.sets, strict=True):
            assert unplaced(parse(item)[0]) == unplaced(parse(again)[0])


def test_released_data_stays_data_in_other_separators():
    data = STATUS.replace(b"PRO1", b"PRO?+|1")

    outcome = run("convert", "--element", "|", given=data)

    (item,) = read(outcome.stdout_bytes).interchanges[0].sets
    assert b"PRO+?|1" in outcome.stdout_bytes
    assert parse(item)[0].number == "PRO+|1"


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (("--element", "~"), "one character would be two separators"),
        (("--element", "1"), "not one character that can separate"),
        (("--element", "-"), "contains the delimiter"),
        (("--repetition", "^"), "repeats elements or does not"),
        (("--to", "json", "--element", "|"), "are for EDI"),
    ],
    ids=["clash", "digit", "in data", "no repetitions", "with JSON"],
)
def test_separators_that_would_break_the_data_are_refused(wish, told):
    outcome = run("convert", *wish, given=INVOICE)

    assert outcome.exit_code in {2, 4}
    assert told in outcome.stderr


def test_a_typed_set_goes_into_another_release():
    outcome = run("convert", "--version", "005010", given=WHOLE)

    assert b"*00501*" in outcome.stdout_bytes
    assert b"X*005010~" in outcome.stdout_bytes


@pytest.mark.parametrize(
    ("data", "told"),
    [(ORDER, "850 has no typed form"), (STATUS, "only X12 has one version")],
    ids=["by its segments", "EDIFACT"],
)
def test_a_version_that_cannot_be_changed_is_told(data, told):
    outcome = run("convert", "--version", "005010", given=data)

    assert outcome.exit_code == 4
    assert told in outcome.stderr


def test_what_cannot_be_converted_does_not_stop_the_rest():
    outcome = run("convert", "--version", "005010", given=ORDER + WHOLE)

    assert outcome.exit_code == 4
    assert [item.code for one in read(outcome.stdout_bytes).interchanges for item in one.sets] == [
        "210"
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('"1100.00"', '"much"'), "says"),
        (('"code":"210"', '"code":"211"'), "no typed form"),
        (('"sent_at":"2026-03-01T09:30:00"', '"sent_at":null'), "sent_at is missing"),
        (('"control":"000000007"', '"control":"x"'), "control is no number"),
        (('"sender":"NRTH"', '"sender":"NORTH OF EVERYTHING"'), "ISA06"),
        (('"sets"', '"setz"'), "is not JSON as convert writes it"),
    ],
    ids=["amount", "code", "time", "number", "id", "key"],
)
def test_json_that_cannot_become_edi_says_where(change, told):
    text = run("convert", given=WHOLE).stdout.replace(*change)

    outcome = run("convert", given=text.encode())

    assert outcome.exit_code == 4
    assert told in outcome.stderr


def test_json_that_is_cut_off_is_refused():
    text = run("convert", given=WHOLE).stdout_bytes[:400]

    assert run("convert", given=text).exit_code == 4


def test_several_files_become_one_and_each_interchange_names_its_file(tmp_path):
    paths = [written(tmp_path, f"{n}.edi", invoice(n)) for n in (1, 2)]
    output = tmp_path / "all.json"

    outcome = run("convert", *paths, "--output", output)

    assert outcome.exit_code == 0
    found = json.loads(output.read_bytes())["interchanges"]
    assert [one["file"] for one in found] == [str(path) for path in paths]
    assert outcome.stdout == ""


def test_an_output_that_is_not_finished_is_not_there(tmp_path):
    output = tmp_path / "none" / "a.json"

    outcome = run("convert", "--output", output, given=INVOICE)

    assert outcome.exit_code == 1
    assert "cannot be written" in outcome.stderr


def test_what_is_no_edi_is_an_empty_object():
    outcome = run("convert", "--to", "json", given=b"%PDF-1.7")

    assert outcome.exit_code == 4
    assert json.loads(outcome.stdout) == {"interchanges": []}
