"""What the papers leave in doubt: a description that is lost, times that two sources tell apart."""

from decimal import Decimal

from tests.cli.audit.folder import AGREED, BILLS, ENDS, LOAD, LOADS, audited, bill

EVENTS = "shipment,event,at,zone,carrier,source,stop\n"
HAUL = AGREED[:2]


def test_a_second_description_that_cannot_be_read_leaves_a_doubt(tmp_path):
    other = LOAD.replace("2026-03-11 14:07", "at night")

    said = audited(
        tmp_path, {"shipments.csv": LOADS + LOAD + other, "bills.csv": BILLS + bill(*AGREED)}
    )

    (one,) = said.bills
    assert (one["decision"], one["payable"]) == ("undecided", "0.00")
    assert "S-1001 is described once more by shipments.csv row 3" in one["text"]
    assert "names a day and no time" in one["text"]


def test_a_lower_revision_that_cannot_be_read_leaves_none(tmp_path):
    head = LOADS.replace("\n", ",revision\n")
    rows = LOAD.replace("\n", ",2\n") + LOAD.replace("2026-03-11 14:07", "at night,1")

    said = audited(tmp_path, {"shipments.csv": head + rows, "bills.csv": BILLS + bill(*AGREED)})

    assert said.total("payable") == Decimal("2231.25")


def test_detention_on_times_that_sources_tell_apart_is_a_weak_point(tmp_path):
    events = (
        "S-1001,arrived_delivery,2026-03-11 09:40,America/Chicago,ABCD,edi,2\n"
        "S-1001,departed_delivery,2026-03-11 16:00,America/Chicago,ABCD,edi,2\n"
        "S-1001,delivered,2026-03-11 11:50,America/Chicago,ABCD,edi,2\n"
        "S-1001,departed_delivery,2026-03-11 12:00,America/Chicago,,telematics,2\n"
    )
    load = f"S-1001,ABCD,B-77,PO-9,{ENDS.rpartition(',')[0]},,\n"
    lines = (*HAUL, ("detention", "300.00"))

    said = audited(
        tmp_path,
        {
            "shipments.csv": LOADS + load,
            "events.csv": EVENTS + events,
            "bills.csv": BILLS + bill(*lines),
        },
    )

    haul, _, detention = said.bills[0]["lines"]
    assert "Weak point" not in haul["text"]
    assert "Weak point: departed delivery at stop 2" in detention["text"]
    assert "2026-03-11 21:00 UTC" in detention["text"]
    assert "2026-03-11 17:00 UTC" in detention["text"]
    assert any("Weak point" in step for step in detention["steps"])
