"""What our door answers to a post, and what it keeps: nothing of what it cannot vouch for."""

from pathlib import Path
from threading import Thread

import pytest
from msgspec.structs import replace

from drawbar.connectors.as2.agreed import Receipt, Sends
from drawbar.connectors.as2.book import FolderBook
from drawbar.connectors.as2.door import Answer, answer_post
from drawbar.connectors.as2.entity import over_http
from drawbar.connectors.as2.journal import REFUSED_A_DAY, Noted
from drawbar.connectors.as2.mdn import Told, mdn
from drawbar.connectors.as2.mic import mic_of
from drawbar.connectors.as2.pack import Packed, pack
from drawbar.connectors.as2.read_mdn import Delivered, TurnedDown, judge, read_mdn
from drawbar.connectors.as2.wire import party_of, post_owed
from drawbar.connectors.wire.port import Cut
from tests.connectors.as2.stage import (
    NOW,
    PAYLOAD,
    identity,
    key,
    laid_out,
    ours,
    packed,
    settings,
    stamp,
    theirs,
    unpacked,
)


@pytest.fixture
def carrier(tmp_path: Path):
    """Return Big Carrier's party; its certificates are those of the stage."""
    laid_out(tmp_path, "acme", "carrier")
    told = settings(tmp_path, "carrier", "acme", url="https://acme.example/as2")
    party = party_of(told, own=tmp_path / "own")
    return replace(party, profile=theirs())


def said(answer: Answer):
    """Return what the receipt in an answer proves to ACME."""
    received = read_mdn(answer.headers, answer.body, ours(), now=NOW)
    return judge(received, packed().mic, ours())


def put(message: Packed, name: str, value: str | None) -> Packed:
    """Return a message with another header line, or without it."""
    kept = tuple(one for one in message.headers if one[0].lower() != name.lower())
    return replace(message, headers=kept if value is None else (*kept, (name, value)))


def posted(message: Packed, *parties) -> Answer:
    return answer_post(message.headers, message.body, parties)


def test_a_message_is_kept_and_answered_by_its_receipt(carrier):
    answer = posted(packed(), carrier)

    assert answer.status == 200
    assert isinstance(said(answer), Delivered)
    [(key_of_it, taken)] = carrier.journal.waiting()
    assert (key_of_it, taken.payload) == (answer.taken, PAYLOAD)
    assert (taken.encrypted, taken.signed_by_digest) == (True, "sha256")


def test_the_same_message_wrapped_anew_gets_the_same_receipt_and_is_kept_once(carrier):
    first = posted(packed(), carrier)
    anew = replace(identity(), boundary="=_other", secret=b"z" * 48)
    second = posted(pack(PAYLOAD, ours(), anew), carrier)

    assert (first.headers, first.body) == (second.headers, second.body)
    assert (bool(first.taken), second.taken) == (True, "")
    assert len(carrier.journal.waiting()) == 1


def test_other_content_under_the_same_name_is_refused_and_the_first_stands(carrier):
    posted(packed(), carrier)
    answer = posted(packed(b"something else"), carrier)

    assert isinstance(said(answer), TurnedDown)
    assert [taken.payload for _, taken in carrier.journal.waiting()] == [PAYLOAD]


def test_a_message_that_was_refused_may_come_again_when_its_cause_is_gone(carrier):
    stranger = replace(carrier, profile=theirs(certificates=(key("stranger").certificate,)))

    assert isinstance(said(posted(packed(), stranger)), TurnedDown)
    assert isinstance(said(posted(packed(), carrier)), Delivered)


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("AS2-From", "acme", 403),
        ("AS2-From", None, 400),
        ("AS2-To", "Big carrier", 403),
        ("AS2-To", '"Big Carrier', 400),
        ("Message-ID", None, 400),
        ("Message-ID", "<1@\tx>", 400),
        ("Message-ID", "x" * 999, 400),
        ("Receipt-Delivery-Option", "http://169.254.169.254/latest", 403),
        ("Receipt-Delivery-Option", "https://acme.example.evil.example/as2", 403),
        ("Receipt-Delivery-Option", "https://acme.example@evil.example/as2", 403),
        ("Receipt-Delivery-Option", "mailto:acme@acme.example", 403),
        ("Receipt-Delivery-Option", "http://[", 403),
        ("Receipt-Delivery-Option", "https://acme.example:8443/as2", 403),
    ],
)
def test_a_post_of_nobody_or_to_nowhere_is_turned_away(carrier, header, value, status):
    answer = posted(put(packed(), header, value), carrier)

    assert (answer.status, answer.body, answer.taken) == (status, b"", "")
    assert carrier.journal.waiting() == ()


def test_a_name_in_quotes_is_the_same_name(carrier):
    assert posted(put(packed(), "AS2-From", '"ACME"'), carrier).taken


def test_a_post_beyond_every_size_is_turned_away(carrier):
    tight = replace(carrier, profile=theirs(takes=replace(theirs().takes, payload_bytes_max=10)))

    assert posted(packed(b"x" * 70_000), tight).status == 413


def test_a_receipt_goes_only_to_a_place_of_the_partner(carrier):
    elsewhere = ("https://receipts.acme.example/",)
    told = replace(carrier, profile=theirs(receipts_to=elsewhere))
    message = put(packed(), "Receipt-Delivery-Option", "https://Receipts.acme.example:443/as2?x=1")

    answer = posted(message, told)

    assert (answer.status, answer.body) == (200, b"")
    [(_, address, receipt)] = told.journal.owed()
    assert address == "https://Receipts.acme.example:443/as2?x=1"
    assert isinstance(
        said(Answer(status=200, headers=receipt.headers, body=receipt.body)), Delivered
    )


def test_an_async_refusal_is_owed_too_and_stays_owed_while_nobody_is_there(carrier):
    message = put(packed(b"x"), "Receipt-Delivery-Option", "https://acme.example/as2")
    stranger = replace(carrier, profile=theirs(certificates=(key("stranger").certificate,)))
    posted(message, stranger)

    def nobody(*_: object):
        raise Cut("nobody is there")

    assert post_owed(stranger.journal, nobody) == (0, 1)
    [(_, _, receipt)] = stranger.journal.owed()
    assert b"authentication-failed" in receipt.body


def test_who_asks_for_no_receipt_gets_none_but_hears_of_a_refusal(carrier):
    quiet = ours(receipt=Receipt(kind="none"))

    taken = posted(packed(profile=quiet), carrier)
    refused = posted(packed(profile=replace(quiet, sends=Sends(sign=False))), carrier)

    assert (taken.status, taken.headers, taken.body) == (200, (), b"")
    assert (refused.status, refused.body) == (400, b"insufficient-message-security")


def test_who_insists_on_a_digest_we_do_not_speak_hears_so(carrier):
    wish = "signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=required, md5"

    verdict = said(posted(put(packed(), "Disposition-Notification-Options", wish), carrier))

    assert isinstance(verdict, TurnedDown)
    assert "unsupported MIC-algorithms" in verdict.text


def test_the_receipt_shows_the_digest_that_was_asked_for_as_it_was_spelled(carrier):
    wish = "signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, sha1"
    answer = posted(put(packed(), "Disposition-Notification-Options", wish), carrier)

    received = read_mdn(answer.headers, answer.body, ours(), now=NOW)
    assert received.mic.endswith(", sha1")


def test_a_receipt_that_anybody_could_have_posted_proves_nothing(carrier):
    told = Told(message_id="<1@acme.example>", mic=mic_of(b"", "sha-256"))
    forged = mdn(told, ours(), stamp(), is_signed=False)

    assert (
        posted(Packed(headers=forged.headers, body=forged.body, mic=told.mic), carrier).status
        == 400
    )


def test_a_receipt_of_nothing_we_sent_is_turned_away(carrier):
    told = Told(message_id="<never@sent>", mic=mic_of(b"", "sha-256"))
    made = mdn(told, ours(), stamp(), is_signed=True)

    answer = answer_post(made.headers, made.body, [carrier])

    assert (answer.status, "no message of ours" in answer.text) == (400, True)


def test_of_many_at_once_one_is_first_and_all_see_it(tmp_path):
    book, seen = FolderBook(tmp_path), []
    many = [Thread(target=lambda n=n: seen.append(book.add("ab12", b"%d" % n))) for n in range(8)]
    for one in many:
        one.start()
    for one in many:
        one.join()

    assert seen == [book.get("ab12")] * 8
    assert book.names() == ("ab12",)


def test_of_many_refused_messages_each_cause_is_told_once_a_day_and_few_in_all(carrier):
    for n in range(30):
        carrier.journal.refuse(Noted(message_id=f"<{n}>", text=f"cause {n}", at=NOW))
        carrier.journal.refuse(Noted(message_id="<again>", text="cause 1", at=NOW))

    told = carrier.journal.refused(now=NOW)
    assert len(told) == REFUSED_A_DAY
    assert len({noted.text for _, noted in told}) == REFUSED_A_DAY
    for _, noted in told:
        carrier.journal.tell(noted)
    assert carrier.journal.refused(now=NOW) == ()


@pytest.mark.parametrize(
    ("name", "read"),
    [("000000001_T-1.x12", "000000001_T-1.x12"), ('a"b\r\nc: d', "a_b__c__d"), ("", "")],
)
def test_a_file_s_name_travels_as_harmless_characters(name, read):
    message = pack(PAYLOAD, ours(), replace(identity(), file_name=name))

    assert unpacked(message).file_name == read


@pytest.mark.parametrize("said", ["../../etc/passwd", r"C:\x\passwd", "/passwd"])
def test_of_a_path_only_the_last_part_is_a_name(said):
    headers = (("Content-Disposition", f'attachment; filename="{said}"'.replace("\\", "\\\\")),)

    assert over_http(headers, b"").file_name == "passwd"
