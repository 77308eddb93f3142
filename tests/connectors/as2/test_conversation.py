"""Two of ours talk AS2 over real sockets: delivered once, proven by a receipt, whatever breaks."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from drawbar.connectors.as2.agreed import Receipt, Sends
from drawbar.connectors.as2.door import Party
from drawbar.connectors.as2.journal import Owed
from drawbar.connectors.as2.mdn import Mdn
from drawbar.connectors.as2.post import poster
from drawbar.connectors.as2.sender import Sender, Waiting
from drawbar.connectors.as2.wire import As2Wire, party_of, post_owed
from drawbar.connectors.wire.port import Barred, Cut
from tests.connectors.as2.doors import Carrier, door_of, item_of
from tests.connectors.as2.stage import key, laid_out, settings


@pytest.fixture
def carrier(tmp_path: Path) -> Carrier:
    laid_out(tmp_path, "acme", "carrier", "stranger")
    return Carrier(settings(tmp_path, "carrier", "acme"), tmp_path / "carrier_own")


def acme(tmp_path: Path, url: str, **told) -> As2Wire:
    described = settings(tmp_path, "acme", "carrier", url=url, **told)
    return As2Wire(described, own=tmp_path / "acme_own", item_of=item_of)


def an_hour_later(party: Party) -> Sender:
    now = party.means.clock() + timedelta(hours=1)
    means = msgspec.structs.replace(party.means, clock=lambda: now)
    return Sender(party.profile, party.journal, means, patience=timedelta(minutes=60))


def sent(wire: As2Wire, body: bytes = b"ISA*1~", name: str = "000000001_T-1.x12") -> list[str]:
    noted: list[str] = []
    wire.put("out", name, body, note=lambda: noted.append(name))
    return noted


def test_a_message_is_delivered_and_proven_by_its_signed_receipt(tmp_path, carrier):
    with door_of(carrier) as url:
        wire = acme(tmp_path, url)
        noted = sent(wire)

    assert noted == ["000000001_T-1.x12"]
    assert wire.is_done("out", "000000001_T-1.x12")
    reader = carrier.wire
    items, more = reader.take()
    assert ([item.body for item in items], more) == ([b"ISA*1~"], False)
    reader.settle(items[0].key)
    assert carrier.wire.take() == ((), False)


def test_a_message_that_was_not_settled_is_read_again(tmp_path, carrier):
    with door_of(carrier) as url:
        sent(acme(tmp_path, url))

    assert carrier.wire.take()[0] == carrier.wire.take()[0] != ()


def test_a_lost_answer_is_asked_for_again_and_nothing_is_applied_twice(tmp_path, carrier):
    carrier.is_mute = True
    with door_of(carrier) as url:
        with pytest.raises(Cut):
            sent(acme(tmp_path, url))
        carrier.is_mute = False
        sent(acme(tmp_path, url))

    first, second = carrier.answers
    assert (first.headers, first.body) == (second.headers, second.body)
    assert (bool(first.taken), bool(second.taken)) == (True, False)
    assert len(carrier.wire.take()[0]) == 1


def test_what_was_proven_is_not_sent_again(tmp_path, carrier):
    with door_of(carrier) as url:
        sent(acme(tmp_path, url))
        sent(acme(tmp_path, url))

    assert len(carrier.answers) == 1


def test_an_async_receipt_is_awaited_then_posted_then_proves_it(tmp_path, carrier):
    told = Receipt(kind="async", post_to="http://127.0.0.1/never")
    us = Carrier(settings(tmp_path, "acme", "carrier"), tmp_path / "acme_own")
    with door_of(carrier) as url, door_of(us) as our_url:
        receipt = msgspec.structs.replace(told, post_to=our_url)
        us.told = settings(tmp_path, "acme", "carrier", url=url, receipt=receipt)
        carrier.told = settings(tmp_path, "carrier", "acme", url=our_url)
        with pytest.raises(Cut, match="awaited"):
            sent(us.wire)
        with pytest.raises(Cut, match="awaited"):
            sent(us.wire)  # not posted again while the receipt may still come
        assert not us.wire.is_done("out", "000000001_T-1.x12")
        carrier.wire.take()

    assert us.wire.is_done("out", "000000001_T-1.x12")
    assert len(carrier.answers) == 1
    assert carrier.wire.party.journal.count_owed() == 0


def test_an_async_receipt_that_does_not_come_in_time_is_overdue_and_the_same_goes_again(
    tmp_path, carrier
):
    receipt = Receipt(kind="async", post_to="https://partner.example/as2")
    with door_of(carrier) as url:
        wire = acme(tmp_path, url, receipt=receipt)
        assert isinstance(wire.party.sender.send("T-1", b"ISA*1~"), Waiting)
        assert not wire.party.sender.overdue("T-1")
        later = an_hour_later(wire.party)
        assert later.overdue("T-1")
        assert isinstance(later.send("T-1", b"ISA*1~"), Waiting)

    assert [bool(answer.taken) for answer in carrier.answers] == [True, False]


def test_a_stranger_s_certificate_is_refused_and_the_sender_hears_why(tmp_path, carrier):
    carrier.told = settings(tmp_path, "carrier", "acme", certificates=(f"{tmp_path}/stranger.pem",))
    with door_of(carrier) as url, pytest.raises(Barred, match="authentication-failed"):
        sent(acme(tmp_path, url))

    reader = carrier.wire
    [note] = reader.take()[0]
    assert b"which is not pinned. Ask the partner" in note.body
    reader.settle(note.key)
    assert carrier.wire.take() == ((), False)


def test_an_unsigned_message_is_refused_where_signatures_are_demanded(tmp_path, carrier):
    with door_of(carrier) as url, pytest.raises(Barred, match="insufficient-message-security"):
        sent(acme(tmp_path, url, sends=Sends(sign=False)))

    [note] = carrier.wire.take()[0]
    assert b"it is not signed, and the profile demands that" in note.body


def test_a_partner_who_is_not_known_gets_no_receipt(tmp_path, carrier):
    carrier.told = settings(tmp_path, "carrier", "stranger")
    with door_of(carrier) as url, pytest.raises(Barred, match="HTTP 403"):
        sent(acme(tmp_path, url))


def test_other_content_under_one_name_is_not_sent(tmp_path, carrier):
    with door_of(carrier) as url:
        sent(acme(tmp_path, url))
        with pytest.raises(Barred, match="something else went out"):
            sent(acme(tmp_path, url), b"ISA*2~")


def test_a_door_that_is_shut_leaves_it_unknown(tmp_path, carrier):
    with pytest.raises(Cut):
        sent(acme(tmp_path, "http://127.0.0.1:9/as2"))

    assert not acme(tmp_path, "http://127.0.0.1:9/as2").is_done("out", "000000001_T-1.x12")


KILLED = """
import os, signal, sys
from pathlib import Path
import msgspec
from drawbar.connectors.as2.agreed import As2
from drawbar.connectors.as2.door import answer_post
from drawbar.connectors.as2.wire import party_of
told = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=As2)
headers = msgspec.json.decode(Path(sys.argv[2]).read_bytes(), type=tuple[tuple[str, str], ...])
party = party_of(told, own=Path(sys.argv[4]))
answer = answer_post(headers, Path(sys.argv[3]).read_bytes(), [party])
assert answer.taken
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_killed_between_keeping_and_answering_answers_the_same_when_it_is_back(
    tmp_path, carrier
):
    wire = acme(tmp_path, "https://partner.example/as2")
    outgoing = wire.party.sender.prepared("T-1", b"ISA*1~")
    files = {"told": carrier.told, "headers": outgoing.headers}
    for name, what in files.items():
        (tmp_path / name).write_bytes(msgspec.json.encode(what))
    (tmp_path / "body").write_bytes(outgoing.body)

    arguments = [str(tmp_path / name) for name in ("told", "headers", "body")]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, *arguments, str(carrier.own)], check=False
    )
    kept = carrier.wire.party.journal.taken(outgoing.message_id)
    answer = carrier.answer(list(outgoing.headers), outgoing.body)

    assert killed.returncode == -9
    assert kept is not None
    assert (answer.headers, answer.body) == (kept.receipt.headers, kept.receipt.body)
    assert [item.body for item in carrier.wire.take()[0]] == [b"ISA*1~"]


def test_a_receipt_without_a_message_behind_it_is_never_posted(tmp_path, carrier):
    party = party_of(carrier.told, own=carrier.own)
    outgoing = acme(tmp_path, "https://x.example").party.sender.prepared("T-1", b"ISA*1~")
    party.journal.owe(outgoing.message_id, Owed(post_to="http://127.0.0.1:9/"))

    assert post_owed(party.journal, poster(connect_seconds=1, answer_seconds=1)) == (0, 0)
    assert party.journal.owed() == ()


def test_a_partner_who_is_not_there_is_not_asked_again_at_once_for_its_receipts(tmp_path, carrier):
    wire = carrier.wire
    receipt = Mdn(headers=(), body=b"receipt")
    wire.party.journal.owe("<1@x>", Owed(post_to="http://127.0.0.1:9/", receipt=receipt))
    wire.take()

    with door_of(carrier) as url:
        wire.party.journal.owe("<1@x>", Owed(post_to=url, receipt=receipt))
        wire.take()
        assert carrier.answers == []
        carrier.wire.take()  # as after a restart
        assert len(carrier.answers) == 1


def test_nothing_is_sealed_for_a_certificate_that_expired(tmp_path, carrier):
    past = key("carrier", until=datetime(2026, 3, 1, tzinfo=UTC)).certificate
    (tmp_path / "carrier.pem").write_bytes(past.public_bytes(Encoding.PEM))

    wire = acme(tmp_path, "http://127.0.0.1:9/as2")
    with pytest.raises(Barred, match="expired on 2026-03-01: ask for the new one"):
        sent(wire)
    with pytest.raises(Barred, match="their certificate 1 expired on 2026-03-01"):
        wire.probe()
