"""Tables go out whole and once under our key, and come in once, whatever dies in between."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec import structs

from drawbar.connectors.csv_folder.client import CsvFolder, connect
from drawbar.connectors.port import Sending, Unreachable
from drawbar.freight.delivery import (
    Confirmed,
    Conflict,
    Existing,
    RefuseBill,
    Rejected,
    ReleaseStock,
    TenderLoad,
    TenderPurpose,
    Unknown,
)
from drawbar.freight.money import Money
from drawbar.freight.order import Goods, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind

DOCK = Place(name="=Dock", city="Dallas", region="TX", zone="America/Chicago")
OPENS = datetime(2026, 3, 10, 14, tzinfo=UTC)
LOAD = TenderLoad(
    tender_ref="S-O-1-V1T1",
    shipment_ref="S-O-1",
    version=1,
    purpose=TenderPurpose.OFFER,
    carrier_ref="PRHL",
    references=(Reference(ReferenceKind.BOL, "B-77"), Reference(ReferenceKind.ORDER, "O-1")),
    stops=tuple(
        Stop(number=number, purpose=purpose, place=DOCK, earliest_at=OPENS, latest_at=OPENS)
        for number, purpose in enumerate(StopPurpose, start=1)
    ),
    goods=(Goods(sku="PALLET", pieces=24, weight_lb=Decimal(18000)),),
    equipment="dry van",
    note="two\nlines",
    pay=Money(Decimal("1650.00"), "USD"),
)
STREAM = StreamKey(StreamKind.SHIPMENT, "S-O-1")
OFFER = Sending(number=7, business_key="S-O-1-V1T1:offer", stream=STREAM, payload=LOAD)
NAME = "tenders-S-O-1-V1T1%3Aoffer.csv"
REFUSED = RefuseBill(
    bill_ref="B-1",
    carrier_ref="PRHL",
    invoice_number="I-1",
    reason="RATE",
    text="+9 too much",
    refused=Money(Decimal("9.50"), "USD"),
)


@pytest.fixture
def carrier(tmp_path, profile) -> Callable[..., CsvFolder]:
    """Return a fresh connector on the same folders, as after a restart."""
    for name in ("in", "out"):
        (tmp_path / name).mkdir()
    return lambda **by: connect(profile(tmp_path, **by))


def laid_out(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "out").iterdir())


def rows(tmp_path: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((tmp_path / "out" / name).read_text().splitlines()))


def again(**changes) -> Sending:
    return structs.replace(OFFER, attempt=2, **changes)


def test_a_load_is_a_table_of_its_stops(carrier, tmp_path):
    outcome = carrier().send(OFFER)
    first, second = rows(tmp_path, NAME)

    assert outcome == Confirmed(document=NAME, said=carrier().render(OFFER))
    assert (first["tender"], first["action"], first["shipment"]) == ("S-O-1-V1T1", "offer", "S-O-1")
    assert (first["order"], first["bol"], first["po"]) == ("O-1", "B-77", "")
    assert (first["equipment"], first["pieces"], first["weight lb"]) == ("VAN", "24", "18000")
    assert (first["rate"], first["currency"]) == ("1650.00", "USD")
    assert [row["purpose"] for row in (first, second)] == ["pickup", "delivery"]
    assert first["opens"] == "2026-03-10T09:00:00-05:00"


def test_what_a_spreadsheet_would_run_is_only_text(carrier, tmp_path):
    carrier().send(OFFER)

    assert rows(tmp_path, NAME)[0]["name"] == "'=Dock"
    assert rows(tmp_path, NAME)[0]["note"] == "two lines"


def test_a_load_goes_out_once_however_often_we_try(carrier, tmp_path):
    first, second = carrier().send(OFFER), carrier().send(again(number=8))
    (tmp_path / "out" / NAME).unlink()
    third = carrier().send(again())

    assert isinstance(first, Confirmed)
    assert [type(one) for one in (second, third)] == [Existing, Existing]
    assert laid_out(tmp_path) == []


def test_dying_before_noting_it_lays_out_nothing_else(carrier, tmp_path):
    carrier().send(OFFER)
    for file in (tmp_path / "own" / "sent").rglob("*.csv"):
        file.unlink()

    assert isinstance(carrier().send(again()), Existing)
    assert carrier().find("TenderLoad", OFFER.business_key) == (NAME,)


def test_other_content_under_our_key_is_a_conflict(carrier):
    carrier().send(OFFER)
    other = structs.replace(LOAD, note="by another door")

    assert isinstance(carrier().send(again(payload=other)), Conflict)


def test_it_is_found_under_our_key_after_the_carrier_took_it(carrier, tmp_path):
    before = carrier().find("TenderLoad", OFFER.business_key)
    carrier().send(OFFER)
    (tmp_path / "out" / NAME).unlink()

    assert before == ()
    assert carrier().find("TenderLoad", OFFER.business_key) == (NAME,)


def test_a_bill_that_we_do_not_pay_is_a_notice(carrier, tmp_path):
    outcome = carrier().send(structs.replace(OFFER, payload=REFUSED, business_key="refuse:B-1"))
    (notice,) = rows(tmp_path, "notices-refuse%3AB-1.csv")

    assert isinstance(outcome, Confirmed)
    assert (notice["invoice"], notice["refused"], notice["reason"]) == ("I-1", "9.50", "RATE")
    assert notice["text"] == "'+9 too much"
    assert carrier().find("RefuseBill", "refuse:B-1") == (outcome.document,)


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        (structs.replace(LOAD, equipment="submarine"), "equipment"),
        (ReleaseStock(order_ref="O"), ""),
    ],
    ids=["a trailer that it does not have", "nothing for a carrier"],
)
def test_what_cannot_be_said_is_rejected_by_field(carrier, tmp_path, payload, field):
    unsayable = structs.replace(OFFER, payload=payload)
    outcome = carrier().send(unsayable)

    assert isinstance(outcome, Rejected)
    assert outcome.field == field
    assert carrier().render(unsayable) == b""
    assert laid_out(tmp_path) == []


def test_a_folder_that_cannot_be_used_leaves_it_unknown(carrier, tmp_path):
    for name in ("in", "out"):
        (tmp_path / name).rmdir()
        (tmp_path / name).write_text("not a folder")

    assert isinstance(carrier().send(OFFER), Unknown)
    assert not carrier().probe()
    with pytest.raises(Unreachable):
        carrier().changes("portal", "")


def test_a_table_is_taken_once_and_put_away_when_it_is_kept(carrier, tmp_path):
    (tmp_path / "in" / "status-1.csv").write_text("a")
    (tmp_path / "in" / "holiday-card.csv").write_text("b")
    connector = carrier()
    first = connector.changes("portal", "")
    before = carrier().changes("portal", "")
    connector.settled(first)

    assert {item.channel for item in first.items} == {"csv:PRHL:status", "csv:PRHL:other"}
    assert {item.key for item in first.items} == {item.key for item in before.items}
    assert carrier().changes("portal", "").items == ()


def test_the_same_bytes_in_two_files_have_one_key(carrier, tmp_path):
    for name in ("bills-1.csv", "bills-2.csv"):
        (tmp_path / "in" / name).write_text("a")
    page = carrier().changes("portal", "")

    assert len(page.items) == 2
    assert len({item.key for item in page.items}) == 1
