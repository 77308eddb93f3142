"""A partner's file is answered by the receipt that it expects, with numbers that one chooses."""

import json

import pytest

from drawbar.edi import interchange_receipts, parse, read
from tests.cli.edi.message import BROKEN, INVOICE, STATUS, invoice, run, written

AT = ("--at", "2026-04-15T09:30")


def answered(data: bytes, *more: object):
    outcome = run("ack", *AT, *more, given=data)
    assert outcome.exit_code == 0, outcome.stderr
    return read(outcome.stdout_bytes).interchanges


@pytest.mark.parametrize(
    ("data", "options", "code"),
    [
        (INVOICE, (), "997"),
        (INVOICE, ("--as", "997"), "997"),
        (INVOICE, ("--as", "999"), "999"),
        (STATUS, (), "CONTRL"),
        (STATUS, ("--as", "contrl"), "CONTRL"),
    ],
    ids=["X12", "997", "999", "EDIFACT", "CONTRL"],
)
def test_a_file_is_answered_by_what_was_asked_for(data, options, code):
    (one,) = answered(data, *options)

    assert [item.code for item in one.sets] == [code]
    assert (one.identity.sender, one.identity.receiver) in {("SHIPPER", "NRTH"), ("SHIP", "NRTH")}


def test_an_envelope_is_answered_by_a_ta1():
    (one,) = answered(INVOICE, "--as", "TA1")

    (receipt,) = interchange_receipts(one)
    assert (receipt.control_number, receipt.verdict) == ("000000007", "A")


@pytest.mark.parametrize(
    ("options", "verdict"),
    [
        ((), "R"),
        (("--lenient",), "E"),
        (("--accept", "count_wrong", "--accept", "element_missing"), "A"),
    ],
    ids=["by the table", "lenient", "accepted"],
)
def test_the_chosen_strictness_decides_the_verdict(options, verdict):
    (one,) = answered(BROKEN, *options)

    (item,) = one.sets
    assert parse(item)[0].verdict == verdict


def test_numbers_count_on_and_none_is_drawn_for_what_is_not_answered():
    receipt = run("ack", *AT, given=INVOICE).stdout_bytes
    data = invoice(1) + receipt + invoice(2)

    found = answered(data, "--control", 41, "--group", 7)

    assert [one.identity.control_number for one in found] == ["000000041", "000000042"]
    assert [one.groups[0].control_number for one in found] == ["7", "8"]


def test_a_receipt_is_never_given_for_a_receipt():
    receipt = run("ack", *AT, given=INVOICE).stdout_bytes

    outcome = run("ack", *AT, given=receipt)

    assert (outcome.exit_code, outcome.stdout) == (0, "")
    assert "a receipt is never given" in outcome.stderr


def test_the_time_and_the_numbers_are_said():
    stderr = run("ack", *AT, given=INVOICE).stderr

    assert "Sent at 2026-04-15 09:30, numbers from interchange 1, group 1, set 1." in stderr


def test_a_receipt_that_the_standard_does_not_have_is_refused_and_the_rest_answered():
    outcome = run("ack", *AT, "--as", "TA1", given=STATUS + INVOICE)

    assert outcome.exit_code == 4
    assert "EDIFACT is answered by CONTRL, not by TA1" in outcome.stderr
    assert len(read(outcome.stdout_bytes).interchanges) == 1


def test_an_envelope_whose_ids_cannot_be_written_is_left_to_a_person():
    outcome = run("ack", *AT, given=INVOICE.replace(b"SHIPPER        ", b"SHIPPER OF EVERYTHING"))

    assert outcome.exit_code == 4
    assert "was not answered: ISA06" in outcome.stderr


def test_several_files_are_answered_into_a_folder(tmp_path):
    paths = [written(tmp_path, "a.edi", INVOICE), written(tmp_path, "b.edi", STATUS + STATUS)]
    folder = tmp_path / "acks"

    for _ in range(2):  # again, and nothing is doubled
        outcome = run("ack", *AT, *paths, "--output", folder)

    assert outcome.exit_code == 0
    found = {path.name: len(read(path.read_bytes()).interchanges) for path in folder.iterdir()}
    assert found == {"0001-a.edi.997.edi": 1, "0002-b.edi.contrl.edi": 2}


def test_several_files_without_a_folder_are_refused(tmp_path):
    paths = [written(tmp_path, name, INVOICE) for name in ("a.edi", "b.edi")]

    assert run("ack", *AT, *paths).exit_code == 2


def test_receipts_are_data_for_programs_too():
    outcome = run("ack", "--json", *AT, given=INVOICE)

    (one,) = json.loads(outcome.stdout)["acknowledgements"]
    assert (one["kind"], one["answers"], one["control"]) == ("997", "000000007", "000000001")
    assert one["edi"].startswith("ISA*00*")


def test_a_time_that_is_none_is_refused():
    assert run("ack", "--at", "noon", given=INVOICE).exit_code == 2
