"""A tender in a flat file over folders, and the layouts of the README as they stand there."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
import yaml

from drawbar.connectors import flat
from drawbar.connectors.flat.client import connect
from drawbar.connectors.flat.layout import Layout
from drawbar.connectors.flat.reader import read
from drawbar.connectors.flat.record import Record
from drawbar.connectors.flat.writer import rewrite, write
from drawbar.connectors.port import Sending
from drawbar.connectors.registry import open_system, readers_of
from drawbar.freight.delivery import (
    Confirmed,
    Conflict,
    Existing,
    Rejected,
    TenderLoad,
    TenderPurpose,
)
from drawbar.freight.lineage import Receipt
from drawbar.freight.money import Money
from drawbar.freight.order import Goods, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.stream import StreamKey, StreamKind

D = Decimal

README = Path(flat.__file__).with_name("README.md").read_text()
DOCUMENTED = {
    name: yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds no objects
    for name, text in re.findall(r"```yaml\n# (\S+)\n(.*?)```", README, re.DOTALL)
}
LAYOUTS = {
    name.removeprefix("layouts/").removesuffix(".yaml"): told
    for name, told in DOCUMENTED.items()
    if name.startswith("layouts/")
}
LAYOUTS["oldl-orders"] = {
    "form": "delimited",
    "records": [{"name": "ROW", "fields": [{"name": one} for one in ("number", "from", "to")]}],
    "means": "orders",
    "parts": {
        "order": {"record": "ROW", "fields": {"number": "number"}},
        "goods": {"record": "ROW"},
    },
    "constants": {"pieces": "1"},
}
DUE = datetime(2026, 3, 12, 13, 0, tzinfo=UTC)
RECEIPT = Receipt(message_ref="M-1", sender="oldline", learned_at=DUE)


def described(folder):
    folders = {name: str(folder / name) for name in ("inbox", "outbox", "own")}
    (folder / "inbox").mkdir()
    (folder / "outbox").mkdir()
    said = {**DOCUMENTED["systems/oldline.yaml"], "folders": folders, "stable_seconds": 0}
    return {**said, "described": LAYOUTS}


def sending(**more):
    there = {"region": "TX", "postal_code": "75201", "zone": "America/Chicago"}
    stops = tuple(
        Stop(
            number=number,
            purpose=purpose,
            place=Place(name=name, city=name, **there),
            earliest_at=DUE,
            latest_at=DUE,
        )
        for number, (purpose, name) in enumerate(
            ((StopPurpose.PICKUP, "Mill"), (StopPurpose.DELIVERY, "Store")), start=1
        )
    )
    load = {
        "tender_ref": "S-O-1-V1T1",
        "shipment_ref": "S-O-1",
        "version": 1,
        "purpose": TenderPurpose.OFFER,
        "carrier_ref": "OLDL",
        "references": (),
        "stops": stops,
        "goods": (Goods(sku="A", pieces=2, weight_lb=D(100)),),
        "equipment": "dry van",
        "pay": Money(D("1650.00"), "USD"),
    }
    return Sending(
        number=1,
        business_key="tender:S-O-1-V1T1",
        stream=StreamKey(StreamKind.SHIPMENT, "S-O-1"),
        payload=TenderLoad(**{**load, **more}),
    )


def test_a_tender_is_laid_out_once_with_its_stops_on_their_own_clocks(tmp_path):
    connector = open_system("oldline", described(tmp_path))
    first, again = connector.send(sending()), connector.send(sending())
    (file,) = (tmp_path / "outbox").iterdir()
    _, load, pickup, delivery = read(
        file.read_bytes(), msgspec.convert(LAYOUTS["oldl-tender"], Layout, strict=False)
    ).records

    assert (type(first), type(again)) == (Confirmed, Existing)
    assert connector.find("TenderLoad", "tender:S-O-1-V1T1") == (file.name,)
    assert load.values["tender"] == "S-O-1-V1T1"
    assert (load.values["action"], load.values["trailer"]) == ("NEW", "VAN")
    assert (load.values["rate"], load.values["currency"]) == (D("1650.00"), "USD")
    assert (pickup.values["kind"], pickup.values["from"]) == ("P", "202603120800")
    assert (delivery.values["kind"], delivery.values["place"]) == ("D", "Store")
    connector.close()


def test_a_tender_is_found_after_the_partner_took_it_and_other_content_is_a_conflict(tmp_path):
    connector = open_system("oldline", described(tmp_path))
    connector.send(sending())
    for file in (tmp_path / "outbox").iterdir():
        file.unlink()

    assert len(connector.find("TenderLoad", "tender:S-O-1-V1T1")) == 1
    assert isinstance(connector.send(sending()), Existing)
    assert isinstance(connector.send(sending(pay=Money(D("1.00"), "USD"))), Conflict)
    assert list((tmp_path / "outbox").iterdir()) == []
    connector.close()


def test_a_partner_without_a_layout_for_it_takes_no_tender(tmp_path):
    told = {name: said for name, said in described(tmp_path).items() if name != "write"}
    connector = open_system("oldline", told)

    assert connector.capabilities().kinds == frozenset()
    assert isinstance(connector.send(sending()), Rejected)
    connector.close()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"tender_ref": "S-" + "9" * 30}, "LOAD.tender"),
        ({"equipment": "flatbed"}, "equipment"),
        ({"pay": Money(D("1650.005"), "USD")}, "LOAD.rate"),
    ],
    ids=["too long", "a trailer without a word", "a fraction of a cent"],
)
def test_a_tender_that_does_not_fit_is_rejected_with_its_field(tmp_path, more, field):
    connector = open_system("oldline", described(tmp_path))
    outcome = connector.send(sending(**more))

    assert isinstance(outcome, Rejected)
    assert outcome.field == field
    assert list((tmp_path / "outbox").iterdir()) == []
    connector.close()


def test_what_the_partner_leaves_is_taken_by_the_beginning_of_its_name(tmp_path):
    told = described(tmp_path)
    connector, readers = open_system("oldline", told), readers_of("oldline", told)
    by = msgspec.convert(LAYOUTS["oldl-status"], Layout, strict=False)
    event = {"load": "S-O-1", "code": "ARR", "at": "202603100855"}
    body = write([Record(kind="HEAD"), Record(kind="EVENT", values=event), Record(kind="END")], by)
    (tmp_path / "inbox" / "ST0310.bin").write_bytes(body)
    page = connector.changes("files", "")
    page = page if page.items else connector.changes("files", "")
    (item,) = page.items
    (fact,) = readers[item.channel](item.body, RECEIPT).facts

    assert item.channel == "flat:OLDL:oldl-status"
    assert fact.lineage.place == "record 2 EVENT / byte 40"
    connector.settled(page)
    connector.close()


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_documented_layout_can_be_read_and_is_written_as_it_was(name):
    by = msgspec.convert(LAYOUTS[name], Layout, strict=False)
    lines = {one.name: {f.name: _sample(f) for f in one.fields} for one in by.records}
    data = write([Record(kind=kind, values=values) for kind, values in lines.items()], by)
    file = read(data, by)

    assert file.findings == ()
    assert rewrite(file) == write(file.records, by) == data


def _sample(field):
    if field.is_number:
        return D(1)
    return DUE.strftime(field.forms[0]) if field.forms else "A"


def test_a_partner_is_opened_by_its_settings(tmp_path):
    told = {**described(tmp_path), "system": "oldline"}
    del told["connector"]
    connector = connect(msgspec.convert(told, flat_settings(), strict=False))

    assert connector.capabilities().kinds == {"TenderLoad"}
    assert connector.party_ref == "OLDL"
    connector.close()


def flat_settings():
    from drawbar.connectors.flat.manifest import Settings

    return Settings
