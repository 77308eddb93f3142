"""A partner's X12 over AS2: the profile says what is said, the wire carries it and proves it."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from drawbar.connectors.as2.agreed import Receipt, Sends
from drawbar.connectors.port import Sending
from drawbar.connectors.registry import UnreadableSettings, open_system
from drawbar.connectors.wire.port import Barred
from drawbar.freight.delivery import (
    Confirmed,
    Existing,
    Rejected,
    TenderLoad,
    TenderPurpose,
    Unknown,
)
from drawbar.freight.order import Goods, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.stream import StreamKey, StreamKind
from tests.connectors.as2.doors import Carrier, door_of
from tests.connectors.as2.stage import laid_out, settings

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
AGAIN = msgspec.structs.replace(OFFER, attempt=2)


@pytest.fixture
def carrier(tmp_path: Path) -> Carrier:
    laid_out(tmp_path, "acme", "carrier")
    return Carrier(settings(tmp_path, "carrier", "acme"), tmp_path / "carrier_own")


@pytest.fixture
def abcd(tmp_path: Path) -> Callable[..., Any]:
    """Return what opens the system of the company folder that speaks X12 over AS2."""

    def opened(url: str, **told: Any) -> Any:
        wire = msgspec.to_builtins(settings(tmp_path, "acme", "carrier", url=url, **told))
        described = {
            "connector": "x12_folder",
            "party_ref": "ABCD",
            "folders": {"inbox": "", "outbox": "", "own": str(tmp_path / "acme_own")},
            "ours": {"id": "ACME"},
            "theirs": {"qualifier": "02", "id": "ABCD"},
            "wire": {"as2": wire},
        }
        return open_system("abcd", described)

    return opened


def test_a_tender_is_confirmed_by_the_receipt_and_found_again(abcd, carrier):
    with door_of(carrier) as url:
        outcome = abcd(url).send(OFFER)
        again = abcd(url).send(AGAIN)

    assert isinstance(outcome, Confirmed)
    assert isinstance(again, Existing)
    assert abcd(url).find("TenderLoad", OFFER.business_key) == ("7",)
    assert [item.body for item in carrier.wire.take()[0]] == [outcome.said]


def test_a_tender_without_an_answer_is_unknown_and_the_next_attempt_proves_it(abcd, carrier):
    carrier.is_mute = True
    with door_of(carrier) as url:
        assert isinstance(abcd(url).send(OFFER), Unknown)
        assert abcd(url).find("TenderLoad", OFFER.business_key) == ()
        carrier.is_mute = False
        assert isinstance(abcd(url).send(AGAIN), Confirmed)

    assert len(carrier.wire.take()[0]) == 1


def test_a_tender_whose_receipt_comes_later_is_unknown_until_then(abcd, carrier, tmp_path):
    us = Carrier(settings(tmp_path, "acme", "carrier"), tmp_path / "acme_own")
    with door_of(carrier) as url, door_of(us) as ours:
        receipt = Receipt(kind="async", post_to=ours)
        us.told = settings(tmp_path, "acme", "carrier", url=url, receipt=receipt)
        carrier.told = settings(tmp_path, "carrier", "acme", url=ours)
        assert isinstance(abcd(url, receipt=receipt).send(OFFER), Unknown)
        carrier.wire.take()
        assert isinstance(abcd(url, receipt=receipt).send(AGAIN), Existing)

    assert len(carrier.answers) == 1


def test_what_the_partner_refuses_is_rejected_with_its_words(abcd, carrier, tmp_path):
    carrier.told = settings(tmp_path, "carrier", "acme", certificates=(f"{tmp_path}/carrier.pem",))
    with door_of(carrier) as url:
        outcome = abcd(url).send(OFFER)

    assert isinstance(outcome, Rejected)
    assert "authentication-failed" in outcome.text


def test_what_the_partner_posts_is_read_as_if_it_lay_in_a_folder(abcd, carrier, tmp_path):
    us = Carrier(settings(tmp_path, "acme", "carrier"), tmp_path / "acme_own")
    with door_of(us) as url:
        carrier.told = settings(tmp_path, "carrier", "acme", url=url)
        carrier.wire.put("", "990.x12", b"ISA*990~", note=lambda: None)

    connector = abcd("https://partner.example/as2")
    page = connector.changes("inbox", "")
    assert [(item.channel, item.body) for item in page.items] == [("x12:ABCD", b"ISA*990~")]
    connector.settled(page)
    assert abcd("https://partner.example/as2").changes("inbox", "").items == ()


def test_a_certificate_file_that_is_none_is_named_when_something_should_go(abcd, tmp_path):
    laid_out(tmp_path, "acme")
    (tmp_path / "carrier.pem").write_text("no certificate")

    outcome = abcd("https://partner.example/as2").send(OFFER)

    assert isinstance(outcome, Rejected)
    assert f"{tmp_path}/carrier.pem" in outcome.text
    assert outcome.field == "wire.as2"


@pytest.mark.parametrize(
    "wrong",
    [
        {"our_name": " ACME"},
        {"their_name": "acme"},
        {"url": "ftp://partner.example"},
        {"certificates": []},
        {"receipt": {"kind": "async"}},
        {"receipt": {"algorithm": "md5"}},
        {"sends": {"cipher": "des3"}},
        {"content_type": "edi"},
    ],
    ids=str,
)
def test_settings_that_would_go_wrong_later_are_refused_when_they_are_read(tmp_path, wrong):
    wire = msgspec.to_builtins(settings(tmp_path, "acme", "carrier")) | wrong

    with pytest.raises(UnreadableSettings):
        open_system("abcd", {
            "connector": "x12_folder", "party_ref": "ABCD",
            "folders": {"inbox": "", "outbox": "", "own": "own"},
            "ours": {"id": "ACME"}, "theirs": {"id": "ABCD"}, "wire": {"as2": wire},
        })  # fmt: skip


def test_what_our_door_refused_becomes_a_problem_for_a_person(abcd, carrier, tmp_path):
    us = Carrier(settings(tmp_path, "acme", "carrier"), tmp_path / "acme_own")
    with door_of(us) as url:
        sends = Sends(sign=False)
        carrier.told = settings(tmp_path, "carrier", "acme", url=url, sends=sends)
        with pytest.raises(Barred):
            carrier.wire.put("", "990.x12", b"ISA*990~", note=lambda: None)

    connector = abcd("https://partner.example/as2")
    page = connector.changes("inbox", "")
    [item] = page.items
    assert b"it is not signed" in item.body
    connector.settled(page)
    assert connector.changes("inbox", "").items == ()
