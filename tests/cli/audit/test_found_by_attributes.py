"""A bill without a known reference in an audit: found by attributes, undecided until a person says.

Unless said: the bill is for S-1001 of ``folder`` and names a BOL that nobody knows.
"""

from decimal import Decimal

from tests.cli.audit.folder import LOAD, LOADS, audited

HEAD = (
    "carrier,invoice,invoice date,bol,ship date,origin zip,destination city,destination state,"
    "charge,amount,total\n"
)


def rows(*, bol="B-7T", on="2026-03-10", origin="75201"):
    lines = (("linehaul", "1650.00"), ("fuel_surcharge", "412.50"))
    said = f"ABCD,7,2026-03-14,{bol},{on},{origin},Chicago,IL"
    return HEAD + "".join(f"{said},{what},{amount},2062.50\n" for what, amount in lines)


def test_the_one_load_that_fits_is_named_and_nothing_is_paid(tmp_path):
    (one,) = audited(tmp_path, {"bills.csv": rows()}).bills

    assert (one["decision"], one["reason"]) == ("undecided", "AMBIGUOUS")
    assert "Found by attributes, needs a person: it may be for S-1001: pickup" in one["text"]
    assert (one["payable"], one["undecided"]) == ("0.00", "2062.50")


def test_several_that_fit_are_all_named(tmp_path):
    loads = LOADS + LOAD + LOAD.replace("S-1001", "S-1002").replace("B-77", "B-78")

    (one,) = audited(tmp_path, {"bills.csv": rows(), "shipments.csv": loads}).bills

    assert "any of 2: S-1001: pickup" in one["text"]
    assert "; S-1002: pickup" in one["text"]


def test_none_that_fits_is_a_shipment_that_is_lacking_as_ever(tmp_path):
    (one,) = audited(tmp_path, {"bills.csv": rows(on="2026-03-12")}).bills

    assert (one["decision"], one["reason"]) == ("undecided", "MATCH_FAILURE")


def test_the_day_on_which_events_say_it_was_picked_up_counts(tmp_path):
    events = "shipment,event,at\nS-1001,departed_pickup,2026-03-13 09:00\n"

    (one,) = audited(tmp_path, {"bills.csv": rows(on="2026-03-12"), "events.csv": events}).bills

    assert one["reason"] == "AMBIGUOUS"


def test_a_reference_that_is_known_decides_alone(tmp_path):
    said = audited(tmp_path, {"bills.csv": rows(bol="B-77", on="2026-01-01", origin="00000")})

    assert said.total("payable") == Decimal("2062.50")
