"""What a partner's integrator is shown of a file."""

import json

import pytest

from drawbar.edi import FindingCode
from tests.cli.edi.message import BROKEN, INVOICE, STATUS, invoice, listed, run, written


def test_a_set_is_counted_from_st_to_se_both_included():
    (found,) = listed(INVOICE)

    assert found["sets"] == [{"code": "210", "control": "0001", "segments": 14, "findings": []}]


def test_a_message_is_counted_from_unh_to_unt_both_included():
    (found,) = listed(STATUS)

    assert [(one["code"], one["segments"]) for one in found["sets"]] == [("IFTSTA", 3)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (INVOICE, ("X12", "NRTH", "SHIPPER", "000000007")),
        (STATUS, ("EDIFACT", "NRTH", "SHIP", "7")),
    ],
    ids=["X12", "EDIFACT"],
)
def test_an_interchange_says_its_standard_and_whose_it_is(data, expected):
    (found,) = listed(data)

    names = ("standard", "sender", "receiver", "control")
    assert tuple(found[name] for name in names) == expected
    assert list(found) == [*names, "groups", "sets", "findings"]


def test_a_finding_has_its_place_and_what_was_expected():
    (found,) = listed(BROKEN)

    missing, count = found["sets"][0]["findings"]
    assert missing["code"] == "element_missing"
    assert (missing["segment"], missing["element"]) == (2, 2)
    assert missing["offset"] == BROKEN.index(b"B3*")
    assert list(count) == [
        *("code", "segment", "offset", "element", "expected", "actual", "severity", "text")
    ]
    assert (count["expected"], count["actual"], count["severity"]) == ("14", "15", "error")
    assert count["offset"] == BROKEN.index(b"SE*15")


def test_a_place_in_the_second_interchange_is_counted_from_the_beginning_of_the_file():
    data = INVOICE + BROKEN.replace(b"000000007", b"000000008")

    second = listed(data)[1]

    assert second["sets"][0]["findings"][0]["offset"] == data.rindex(b"B3*")


def test_both_standards_may_stand_in_one_file():
    assert [one["standard"] for one in listed(INVOICE + STATUS + invoice(8))] == [
        "X12",
        "EDIFACT",
        "X12",
    ]


def test_several_files_are_one_object_and_each_interchange_names_its_file(tmp_path):
    paths = [written(tmp_path, f"{n}.edi", invoice(n)) for n in (1, 2)]

    outcome = run("inspect", "--json", *paths)

    found = json.loads(outcome.stdout)["interchanges"]
    assert [one["file"] for one in found] == [str(path) for path in paths]


def test_what_stands_behind_the_last_interchange_is_told_with_it():
    (found,) = listed(INVOICE + b"thank you")

    assert [one["code"] for one in found["findings"]] == [FindingCode.JUNK]


def test_a_person_sees_names_labels_and_the_finding_under_its_segment():
    lines = run("inspect", given=BROKEN).stdout.splitlines()

    header = next(n for n, line in enumerate(lines) if "freight bill" in line)
    under = lines[header : header + 8]
    assert any("payer" in line and "(prepaid by shipper)" in line for line in under)
    assert any("net amount" in line and "(1,100.00)" in line for line in under)
    assert any("^ error element_missing, byte" in line for line in under)


def test_a_receipt_outside_of_sets_is_shown():
    data = INVOICE.replace(b"GS*IM", b"TA1*000000001*260301*0930*R*024~\nGS*IM", 1)

    shown = run("inspect", given=data).stdout

    assert "receipt of an interchange" in shown
    assert "control number  000000001" in shown


def test_elements_of_edifact_are_named_by_place_and_component():
    shown = run("inspect", given=STATUS).stdout

    assert "02-1  message type       IFTSTA" in shown


def test_a_large_file_is_cut_short_and_says_how_to_see_the_rest():
    data = invoice(1, sets=40)

    short, whole = run("inspect", given=data), run("inspect", "--all", given=data)

    assert "Left out: 360 segments of 26 sets. --all shows every one" in short.stderr
    assert len(short.stdout.splitlines()) < len(whole.stdout.splitlines())
    assert "Left out" not in whole.stderr


def test_a_finding_in_the_part_that_is_left_out_is_shown_all_the_same():
    data = invoice(1, sets=40).replace(b"SE*14*0039", b"SE*77*0039")

    assert "^ error count_wrong" in run("inspect", given=data).stdout


def test_one_set_is_shown_whole_by_its_number():
    outcome = run("inspect", "--set", "0033", given=invoice(1, sets=40))

    assert outcome.stdout.count("freight invoice") == 1
    assert "0033" in outcome.stdout


def test_a_set_that_is_not_there_exits_3():
    assert run("inspect", "--set", "0099", given=INVOICE).exit_code == 3


def test_findings_alone_leave_out_every_other_segment():
    shown = run("inspect", "--findings", given=BROKEN).stdout

    assert "freight bill" in shown
    assert "currency" not in shown


def test_what_does_not_print_is_shown_as_an_escape():
    shown = run("inspect", given=INVOICE.replace(b"PAPER", b"PA\x1b[31mR"))

    assert "\x1b" not in shown.stdout
    assert "PA\\x1b[31mR" in shown.stdout


def test_bytes_outside_the_character_set_are_listed_without_harm():
    (found,) = listed(INVOICE.replace(b"PAPER", b"PAP\xffR"), "--charset", "utf-8")

    assert "charset_broken" in {one["code"] for one in found["findings"]}


def test_a_file_that_is_not_there_exits_3_and_the_others_are_read(tmp_path):
    path = written(tmp_path, "a.edi", INVOICE)

    outcome = run("inspect", "--json", tmp_path / "none.edi", path)

    assert outcome.exit_code == 3
    assert len(json.loads(outcome.stdout)["interchanges"]) == 1
    assert "There is no file" in outcome.stderr
