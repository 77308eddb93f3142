"""Files go out whole and once, and come in once, whatever dies in between."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec import structs

from drawbar.connectors.folder.shelf import safe
from drawbar.connectors.port import Sending, Unreachable
from drawbar.connectors.x12_folder.client import X12Folder, connect
from drawbar.freight.delivery import (
    Confirmed,
    Conflict,
    Existing,
    RefuseBill,
    Rejected,
    TellCarrier,
    TenderLoad,
    TenderPurpose,
    Topic,
    Unknown,
)
from drawbar.freight.order import Goods, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.stream import StreamKey, StreamKind

STATUS = "B10*1*S-O-1-V1T1*ABCD\nLX*1\nAT7*X3*NS***20260310*0940*LT"
DOCK = Place(name="Dock", city="Dallas", region="TX", zone="America/Chicago")


def stop(number: int, purpose: StopPurpose) -> Stop:
    opens = datetime(2026, 3, 9 + number, 14, tzinfo=UTC)
    return Stop(number=number, purpose=purpose, place=DOCK, earliest_at=opens, latest_at=opens)


LOAD = TenderLoad(
    tender_ref="S-O-1-V1T1",
    shipment_ref="S-O-1",
    version=1,
    purpose=TenderPurpose.OFFER,
    carrier_ref="ABCD",
    references=(),
    stops=(stop(1, StopPurpose.PICKUP), stop(2, StopPurpose.DELIVERY)),
    goods=(Goods(sku="PALLET", pieces=24, weight_lb=Decimal(18000)),),
    equipment="dry van",
)
OFFER = Sending(
    number=7,
    business_key="S-O-1-V1T1:offer",
    stream=StreamKey(StreamKind.SHIPMENT, "S-O-1"),
    payload=LOAD,
)


@pytest.fixture
def partner(tmp_path, profile) -> Callable[..., X12Folder]:
    """Return a fresh connector on the same folders, as after a restart."""
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    return lambda **by: connect(profile(tmp_path, **by))


def laid_out(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "out").iterdir())


def drop(tmp_path: Path, body: bytes, name: str = "a.edi") -> None:
    (tmp_path / "in" / name).write_bytes(body)


def keys(connector: X12Folder) -> list[str]:
    return [item.key for item in connector.changes("inbox", "").items]


def test_an_offer_lies_there_whole_under_its_number_and_our_key(partner, tmp_path):
    outcome = partner().send(OFFER)

    assert isinstance(outcome, Confirmed)
    assert outcome.document == "7"
    assert laid_out(tmp_path) == ["000000007_S-O-1-V1T1%3Aoffer.x12"]
    assert (tmp_path / "out" / laid_out(tmp_path)[0]).read_bytes() == outcome.said


def test_what_is_rendered_is_what_goes_out(partner):
    connector = partner()

    assert connector.render(OFFER) == connector.send(OFFER).said == connector.render(OFFER)


def test_is_found_also_after_the_partner_took_the_file(partner, tmp_path):
    partner().send(OFFER)
    (tmp_path / "out" / laid_out(tmp_path)[0]).unlink()

    assert partner().find("TenderLoad", OFFER.business_key) == ("7",)
    assert isinstance(partner().send(structs.replace(OFFER, attempt=2)), Existing)
    assert laid_out(tmp_path) == []


def test_what_never_went_out_is_not_found(partner):
    connector = partner()
    connector.render(OFFER)

    assert connector.find("TenderLoad", OFFER.business_key) == ()


def test_dying_before_we_noted_it_lays_out_the_same_bytes_again(partner, tmp_path):
    said = partner().send(OFFER).said
    name = laid_out(tmp_path)[0]
    next((tmp_path / "own" / "sent").rglob(name)).rename(tmp_path / "own" / "prepared" / name)

    again = partner().send(structs.replace(OFFER, attempt=2))

    assert again == Confirmed(document="7", said=said)
    assert laid_out(tmp_path) == [name]


def test_other_content_under_our_key_is_a_conflict(partner, tmp_path):
    partner().send(OFFER)
    other = structs.replace(LOAD, note="by another door")

    assert isinstance(partner().send(structs.replace(OFFER, payload=other)), Conflict)
    assert isinstance(partner().send(structs.replace(OFFER, number=8)), Conflict)
    assert len(laid_out(tmp_path)) == 1


def test_what_was_edited_before_it_went_out_goes_out_as_edited(partner):
    connector = partner()
    connector.render(OFFER)
    edited = structs.replace(OFFER, payload=structs.replace(LOAD, note="by another door"))

    outcome = connector.send(edited)

    assert isinstance(outcome, Confirmed)
    assert b"by another door" in outcome.said


def test_what_cannot_be_said_is_rejected_by_field(partner, tmp_path):
    unsayable = structs.replace(OFFER, payload=structs.replace(LOAD, equipment="submarine"))
    outcome = partner().send(unsayable)

    assert isinstance(outcome, Rejected)
    assert outcome.field == "equipment"
    assert partner().render(unsayable) == b""
    assert laid_out(tmp_path) == []


def test_a_folder_that_cannot_be_written_leaves_it_unknown(partner, tmp_path):
    (tmp_path / "out").rmdir()
    (tmp_path / "out").write_text("not a folder")

    assert isinstance(partner().send(OFFER), Unknown)
    assert not partner().probe()


def test_a_folder_that_cannot_be_read_is_unreachable(partner, tmp_path):
    (tmp_path / "in").rmdir()
    (tmp_path / "in").write_text("not a folder")

    with pytest.raises(Unreachable):
        partner().changes("inbox", "")


def test_a_claim_of_ours_is_a_text_for_people_too(partner, tmp_path):
    word = TellCarrier(
        topic=Topic.MISSING_INVOICE,
        about="S-1001",
        carrier_ref="ABCD",
        shipment_ref="S-1001",
        text="Please send us your bill.",
    )
    sending = structs.replace(OFFER, payload=word, business_key="tell:S-1001")
    folders = structs.replace(partner()._settings.folders, notices=str(tmp_path / "notices"))

    outcome = partner(folders=folders).send(sending)

    assert b"Missing invoice S-1001" in outcome.said
    assert b"Please send us your bill." in outcome.said
    assert [path.suffix for path in (tmp_path / "notices").iterdir()] == [".txt"]


def test_a_refused_bill_is_a_text_for_people(partner, tmp_path):
    refused = RefuseBill(
        bill_ref="B-1", carrier_ref="ABCD", invoice_number="19267", reason="RATE", text="Too much."
    )
    sending = structs.replace(OFFER, payload=refused, business_key="refuse:B-1")
    folders = structs.replace(partner()._settings.folders, notices=str(tmp_path / "notices"))

    outcome = partner(folders=folders).send(sending)

    assert isinstance(outcome, Confirmed)
    assert b"Freight bill 19267 of ABCD" in outcome.said
    assert [path.suffix for path in (tmp_path / "notices").iterdir()] == [".txt"]
    assert isinstance(partner().send(structs.replace(sending, business_key="other")), Rejected)
    assert {"RefuseBill", "TellCarrier"} <= partner(folders=folders).capabilities().kinds
    assert "RefuseBill" not in partner().capabilities().kinds


def test_a_file_is_taken_once_and_put_away_when_it_is_kept(partner, tmp_path, wrap):
    drop(tmp_path, wrap("214", STATUS))
    connector = partner()
    page = connector.changes("inbox", "")
    connector.settled(page)

    assert [item.channel for item in page.items] == ["x12:ABCD"]
    assert page.items[0].body == wrap("214", STATUS)
    assert partner().changes("inbox", page.cursor).items == ()
    assert len(list((tmp_path / "own" / "done").iterdir())) == 1


def test_what_was_claimed_and_not_kept_is_read_again_under_the_same_key(partner, tmp_path, wrap):
    drop(tmp_path, wrap("214", STATUS))
    before = keys(partner())

    assert keys(partner()) == before
    assert len(before) == 1


def test_a_folder_with_many_files_is_read_to_its_end(partner, tmp_path, wrap):
    for number in range(1, 103):
        drop(tmp_path, wrap("214", STATUS, control=number), f"{number:03d}.edi")
    connector, read, more = partner(), 0, True
    while more:
        page = connector.changes("inbox", "")
        connector.settled(page)
        read, more = read + len(page.items), page.more

    assert read == 102


def test_the_same_bytes_in_two_files_have_one_key(partner, tmp_path, wrap):
    drop(tmp_path, wrap("214", STATUS), "a.edi")
    drop(tmp_path, wrap("214", STATUS), "b.edi")
    connector = partner()
    page = connector.changes("inbox", "")
    connector.settled(page)

    assert len(page.items) == 2
    assert len({item.key for item in page.items}) == 1
    assert keys(connector) == []


def test_the_same_content_wrapped_anew_is_new_bytes_with_the_same_facts(
    partner, tmp_path, wrap, hear_bytes
):
    drop(tmp_path, wrap("214", STATUS), "a.edi")
    drop(tmp_path, wrap("214", STATUS).replace(b"~", b"~\n"), "b.edi")
    items = partner().changes("inbox", "").items

    assert len({item.key for item in items}) == 2
    assert len({hear_bytes(item.body).facts[0].key for item in items}) == 1
    assert keys(partner()) == [item.key for item in items]


def test_other_content_under_the_same_number_is_seen_to_be_another_thing(partner, tmp_path, wrap):
    drop(tmp_path, wrap("214", STATUS), "a.edi")
    drop(tmp_path, wrap("214", STATUS.replace("0940", "0950")), "b.edi")
    first, second = partner().changes("inbox", "").items

    assert first.key == second.key == "ABCD>ACME:000000041"
    assert first.body != second.body


def test_one_file_name_used_twice_overwrites_nothing(partner, tmp_path, wrap):
    connector = partner()
    drop(tmp_path, wrap("214", STATUS))
    connector.changes("inbox", "")
    drop(tmp_path, wrap("214", STATUS, control=42))

    assert len(keys(connector)) == 2


def test_what_is_no_edi_is_known_by_its_bytes(partner, tmp_path):
    drop(tmp_path, b"Dear Sirs")

    assert keys(partner())[0].startswith("bytes:")


@pytest.mark.parametrize("name", [".a.edi", "a.edi.part", "a.edi.tmp"])
def test_a_file_that_is_still_being_written_is_left_alone(partner, tmp_path, name):
    drop(tmp_path, b"ISA", name)

    assert keys(partner()) == []


def test_a_file_that_grows_is_not_taken_before_it_rests(partner, tmp_path, wrap):
    connector = partner(stable_seconds=0.05)
    body = wrap("214", STATUS)
    drop(tmp_path, body[:50])
    first = keys(connector)
    drop(tmp_path, body)
    second = keys(connector)
    while not (third := connector.changes("inbox", "").items):
        pass

    assert (first, second) == ([], [])
    assert third[0].body == body


def test_a_long_key_is_still_a_file_name():
    assert len(safe("k" * 500)) < 200
    assert safe("a/b") != safe("a_b")
    assert safe("k" * 500) != safe("k" * 501)
