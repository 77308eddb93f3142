"""What is worth a word though everything was read: an hour shown twice, an early date."""

from decimal import Decimal

import pytest

from tests.cli.audit.folder import AGREED, BILLS, LOAD, LOADS, audited, bill

EVENTS = "shipment,event,at,zone,carrier,source,stop\n"
FALL = (
    LOAD.replace("2026-03-09", "2025-10-30")
    .replace("2026-03-11 10:00", "2025-11-02 02:30")
    .replace("2026-03-11 09:40", "{arrived}")
    .replace("2026-03-11 14:07", "2025-11-02 06:00")
)
CURRENCY = "names no currency"


@pytest.mark.parametrize(
    ("arrived", "notes"),
    [("2025-11-02 01:30", 1), ("2025-11-02T01:30-06:00", 0), ("2025-11-02 02:10", 0)],
    ids=["shown twice", "with its offset", "after it"],
)
def test_an_hour_that_clocks_show_twice_is_noted_with_its_row(tmp_path, arrived, notes):
    said = audited(tmp_path, {"shipments.csv": LOADS + FALL.format(arrived=arrived)})

    twice = [one for one in said.notes if "twice" in one["text"]]
    assert len(twice) == notes
    assert all((one["file"], one["places"]) == ("shipments.csv", ["row 2"]) for one in twice)


@pytest.mark.parametrize("zone", ["America/Chicago", ""], ids=["zone said", "clock of the stop"])
def test_so_is_one_of_the_events(tmp_path, zone):
    event = f"S-1001,arrived_delivery,2025-11-02 01:30,{zone},ABCD,edi,2\n"

    said = audited(
        tmp_path,
        {"shipments.csv": LOADS + FALL.format(arrived=""), "events.csv": EVENTS + event},
    )

    (note,) = [one for one in said.notes if "twice" in one["text"]]
    assert (note["file"], note["places"]) == ("events.csv", ["row 2"])
    assert "America/Chicago" in note["text"]


def test_a_bill_dated_before_its_pickup_is_noted(tmp_path):
    early = bill(*AGREED).replace("2026-03-14", "2026-03-08")

    said = audited(tmp_path, {"bills.csv": BILLS + early})

    (note,) = [one for one in said.notes if one["file"] == "bills.csv"]
    assert note["text"] == (
        "invoice 1 is dated 2026-03-08, before the pickup of S-1001 on 2026-03-09"
    )
    assert len(note["places"]) == 1


def test_a_bill_of_the_day_of_its_pickup_is_not(tmp_path):
    same = bill(*AGREED).replace("2026-03-14", "2026-03-09")

    said = audited(tmp_path, {"bills.csv": BILLS + same})

    assert [one for one in said.notes if one["file"] == "bills.csv"] == []


def test_the_currency_that_is_taken_is_said_only_where_one_is_missing(tmp_path):
    head = BILLS.replace("\n", ",currency\n")
    named = bill(*AGREED).replace("\n", ",USD\n")

    every = audited(tmp_path, {"bills.csv": head + named})
    some = audited(tmp_path, {"bills.csv": head + named + bill(*AGREED, number="2")})

    assert CURRENCY not in every.errors
    assert CURRENCY in some.errors


def test_no_bill_names_the_first_row_that_was_refused(tmp_path):
    said = audited(tmp_path, {"bills.csv": BILLS + "ABCD,1,soon,B-77,linehaul,1650.00,\n"})

    assert said.code == 4
    assert "No bill could be read: one was refused in bills.csv, row 2: 'soon'" in said.errors


def test_nothing_is_never_below_zero(tmp_path):
    rows = bill(*AGREED, ("lumper", "-0.00"), total="2231.25")

    said = audited(tmp_path, {"bills.csv": BILLS + rows})

    assert said.total("payable") == Decimal("2231.25")
    assert "-0.00" not in str(said.bills)
