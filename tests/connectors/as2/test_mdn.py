"""What a receipt says, what it proves, and how the software of others writes it."""

import base64

import pytest
from msgspec.structs import replace

from drawbar.connectors.as2.agreed import Receipt
from drawbar.connectors.as2.asking import asked
from drawbar.connectors.as2.mdn import Mdn, Told, mdn, refusal_of
from drawbar.connectors.as2.mic import agree, mic_of, read_mic
from drawbar.connectors.as2.profile import Profile
from drawbar.connectors.as2.read_mdn import (
    Delivered,
    NotAReceipt,
    TurnedDown,
    Unproven,
    Verdict,
    is_receipt,
    judge,
    read_mdn,
)
from drawbar.connectors.as2.refused import Refused, Why
from tests.connectors.as2.stage import NOW, key, ours, packed, stamp, theirs

SENT = mic_of(b"what went out", "sha-256")
TOLD = Told(message_id="<1@acme.example>", mic=SENT)
UNSIGNED = Receipt(signed=False)


def receipt(told: Told = TOLD, *, is_signed: bool = True, profile: Profile | None = None) -> Mdn:
    return mdn(told, profile or theirs(), stamp(), is_signed=is_signed)


def judged(made: Mdn, profile: Profile | None = None) -> Verdict:
    profile = profile or ours()
    return judge(read_mdn(made.headers, made.body, profile, now=NOW), SENT, profile)


def foreign(notice: str, kind: str = "message/disposition-notification") -> Mdn:
    """Return a receipt as somebody else's software writes it."""
    body = (
        f"--b\r\nContent-Type: text/plain\r\n\r\nThank you\r\n--b\r\nContent-Type: {kind}\r\n\r\n"
    )
    headers = (
        ("content-type", "Multipart/Report; Report-Type=disposition-notification; BOUNDARY=b"),
    )
    return Mdn(headers=headers, body=f"{body}{notice}\r\n--b--\r\n".encode())


def test_a_signed_receipt_over_the_same_bytes_proves_the_delivery():
    verdict = judged(receipt())

    assert isinstance(verdict, Delivered)
    assert verdict.received.message_id == "<1@acme.example>"


def test_a_receipt_over_other_bytes_proves_nothing():
    other = replace(TOLD, mic=mic_of(b"what came", "sha-256"))

    verdict = judged(receipt(other))

    assert isinstance(verdict, Unproven)
    assert "other bytes" in verdict.text


def test_a_receipt_without_a_signature_proves_nothing_where_one_is_demanded():
    assert isinstance(judged(receipt(is_signed=False)), Unproven)
    assert isinstance(judged(receipt(is_signed=False), ours(receipt=UNSIGNED)), Delivered)


def test_a_receipt_without_a_digest_proves_nothing_where_a_signed_one_is_demanded():
    bare = replace(TOLD, mic=None)

    assert isinstance(judged(receipt(bare)), Unproven)
    assert isinstance(judged(receipt(bare, is_signed=False), ours(receipt=UNSIGNED)), Delivered)


@pytest.mark.parametrize("why", Why)
def test_every_refusal_is_heard_as_one(why):
    told = refusal_of("<1@acme.example>", Refused(why, "the text for our people"))

    verdict = judged(receipt(told))

    assert isinstance(verdict, TurnedDown)
    assert why.value in verdict.text
    assert "our people" not in verdict.text


def test_a_receipt_that_a_stranger_signed_is_none():
    made = receipt(profile=theirs(keys=(key("stranger"),)))

    with pytest.raises(NotAReceipt, match="not pinned"):
        judged(made)


def test_a_receipt_altered_under_its_signature_is_none():
    made = receipt()
    altered = replace(made, body=made.body.replace(b"<1@acme", b"<2@acme"))

    with pytest.raises(NotAReceipt, match="not what was signed"):
        judged(altered)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("automatic-action/MDN-sent-automatically; processed", Delivered),
        ("automatic-action/MDN-sent-automatically;processed", Delivered),
        ("manual-action/MDN-sent-manually; Processed/Warning: duplicate-document", Delivered),
        (
            "automatic-action/MDN-sent-automatically;\r\n processed/error: decryption-failed",
            TurnedDown,
        ),
        ("automatic-action/MDN-sent-automatically; processed/Error", TurnedDown),
        ("automatic-action/MDN-sent-automatically; failed/Failure: unsupported format", TurnedDown),
        ("automatic-action/MDN-sent-automatically; denied", TurnedDown),
    ],
)
def test_each_spelling_of_a_disposition_is_understood(line, kind):
    notice = f"Original-Message-ID: <1@acme.example>\r\nDisposition: {line}\r\nX-Other: 1"

    assert isinstance(judged(foreign(notice), ours(receipt=UNSIGNED)), kind)


@pytest.mark.parametrize("spelling", ["sha256", "sha-256", "SHA-256", "SHA256", " sha256 "])
def test_each_spelling_of_a_digest_is_the_same_digest(spelling):
    shown = str(SENT).partition(",")[0]
    read = read_mic(f"{shown},{spelling}")

    assert read is not None
    assert agree(SENT, read)


@pytest.mark.parametrize("shown", ["", "x", "YQ==", "YQ==, md5", ", sha256", "%%%, sha256"])
def test_a_digest_that_is_none_agrees_with_nothing(shown):
    read = read_mic(shown)

    assert read is None or not agree(SENT, read)


def test_a_notice_in_base64_and_with_bare_line_ends_is_read():
    notice = b"Original-Message-ID: <1@acme.example>\nDisposition: a/b;\n processed\n"
    body = (
        b"--b\nContent-Type: message/disposition-notification\n"
        b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(notice) + b"\n--b--\n"
    )
    made = Mdn(headers=(("Content-Type", "multipart/report; boundary=b"),), body=body)

    assert isinstance(judged(made, ours(receipt=UNSIGNED)), Delivered)


def test_a_page_for_people_is_no_receipt():
    page = Mdn(headers=(("Content-Type", "text/html"),), body=b"<h1>Welcome</h1>")

    assert not is_receipt(page.headers, page.body)
    with pytest.raises(NotAReceipt, match="text/html"):
        judged(page)


def test_a_receipt_is_told_from_a_message():
    message, made = packed(), receipt()

    assert is_receipt(made.headers, made.body)
    assert not is_receipt(message.headers, message.body)


def test_a_name_of_a_message_can_bring_no_line_into_a_receipt():
    told = replace(TOLD, message_id="<1@x>\r\nDisposition: a/b; processed")

    with pytest.raises(NotAReceipt):
        judged(foreign("Original-Message-ID: <1@x>\r\nDisposition: a\r\nDisposition: b; processed"))
    assert b"\r\nDisposition: a/b" not in receipt(told, is_signed=False).body


@pytest.mark.parametrize(
    ("options", "signed", "algorithm"),
    [
        ("", False, "sha-256"),
        ("signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, sha1",
         True, "sha1"),
        ("signed-receipt-protocol=required,pkcs7-signature;signed-receipt-micalg=required,SHA-512",
         True, "SHA-512"),
        ("signed-receipt-micalg=optional, md5, sha-384, sha1;signed-receipt-protocol=optional, x",
         True, "sha-384"),
        ("signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, md5",
         True, "sha-256"),
        ("signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=required, md5",
         True, ""),
    ],
    ids=["nothing", "sha1", "no blanks", "the first we speak", "md5 if you like", "md5 or nothing"],
)  # fmt: skip
def test_what_receipt_is_asked_for_is_understood(options, signed, algorithm):
    headers = (
        ("disposition-notification-to", "acme"),
        ("Disposition-Notification-Options", options),
    )
    asking = asked(headers)

    assert (asking.wanted, asking.signed, asking.algorithm) == (True, signed, algorithm)
