"""Whoever alters a message on its way, or signs it as somebody else, achieves nothing."""

from datetime import UTC, datetime

import pytest

from drawbar.connectors.as2 import ber, der
from drawbar.connectors.as2.agreed import Sends, Takes
from drawbar.connectors.as2.entity import read_entity, written
from drawbar.connectors.as2.pack import Packed, pack
from drawbar.connectors.as2.profile import doubts_about
from drawbar.connectors.as2.refused import Refused, Why
from drawbar.connectors.as2.signed_part import sign_part
from drawbar.connectors.as2.unpack import unpack
from tests.connectors.as2.stage import (
    NOW,
    OPEN,
    SIGNED_ONLY,
    identity,
    key,
    ours,
    packed,
    theirs,
    unpacked,
)

TEXT = b"ISA*00*~"
SIGNED = Takes(encrypted=False)


def altered(body: bytes, at: int, by: int) -> bytes:
    return body[:at] + bytes([body[at] ^ by]) + body[at + 1 :]


@pytest.mark.parametrize("by", [0x01, 0x20, 0x80], ids=hex)
def test_no_byte_of_a_signed_message_can_be_altered_to_say_something_else(by):
    message = packed(TEXT, ours(sends=SIGNED_ONLY))
    signed = message.body.index(b"Content-Type"), message.body.index(b"\r\n--=_bound1")
    profile, harmless = theirs(takes=SIGNED), []

    for at in range(len(message.body)):
        try:
            read = unpack(message.headers, altered(message.body, at, by), profile, now=NOW)
        except Refused:
            continue
        assert read.payload == TEXT
        harmless.append(at)

    assert not [at for at in harmless if signed[0] <= at < signed[1]]


@pytest.mark.parametrize("by", [0x01, 0x80], ids=hex)
def test_no_byte_of_a_signed_and_sealed_message_can_be_altered_to_say_something_else(by):
    message = packed(TEXT)

    for at in range(0, len(message.body), 9):
        try:
            read = unpack(message.headers, altered(message.body, at, by), theirs(), now=NOW)
        except Refused:
            continue
        assert read.payload == TEXT


def test_a_message_cut_off_anywhere_is_refused_or_whole():
    message = packed(TEXT, ours(sends=SIGNED_ONLY))

    for end in range(len(message.body)):
        try:
            read = unpack(message.headers, message.body[:end], theirs(takes=SIGNED), now=NOW)
        except Refused:
            continue
        assert read.payload == TEXT


def outcome(message: Packed, body: bytes) -> bytes | Why:
    """Return what is taken, or what the far side hears."""
    try:
        return unpack(message.headers, body, theirs(), now=NOW).payload
    except Refused as refused:
        return refused.why


def with_more(body: bytes, blocks: bytes) -> bytes:
    """Return an envelope with more blocks behind its sealed content."""
    kind, explicit = ber.read(body).inner
    version, recipients, inner = explicit.inner[0].inner
    data, algorithm, sealed = inner.inner
    longer = der.write(0x80, sealed.content + blocks)
    inner_again = der.sequence(der.spelled(data), der.spelled(algorithm), longer)
    content = der.sequence(der.spelled(version), der.spelled(recipients), inner_again)
    return der.sequence(der.spelled(kind), der.write(0xA0, content))


def test_who_puts_blocks_behind_an_envelope_learns_nothing_of_their_padding():
    message = packed(TEXT * 60)
    guessed = message.body[-64:-48]  # a block whose content somebody wants to know

    heard = {
        outcome(message, with_more(message.body, bytes(15) + bytes([guess]) + guessed))
        for guess in range(256)
    }

    assert heard == {TEXT * 60}


@pytest.mark.parametrize("at", [700, 713, 800], ids=str)
def test_who_alters_a_sealed_content_hears_one_word(at):
    message = packed(TEXT * 60)

    heard = {outcome(message, altered(message.body, at, by)) for by in range(1, 256)}

    assert heard == {Why.INTEGRITY}


def test_a_content_altered_under_its_signature_fails_the_integrity_check():
    message = packed(TEXT, ours(sends=SIGNED_ONLY))

    with pytest.raises(Refused) as refused:
        unpack(message.headers, message.body.replace(b"ISA", b"ISB"), theirs(takes=SIGNED), now=NOW)
    assert refused.value.why is Why.INTEGRITY


def test_a_signature_of_another_key_counts_for_nothing_though_it_brings_its_certificate():
    message = packed(profile=ours(keys=(key("stranger"),)))

    with pytest.raises(Refused, match="not pinned") as refused:
        unpacked(message)
    assert refused.value.why is Why.AUTHENTICATION


def test_a_certificate_that_expired_signs_nothing_unless_the_profile_takes_it():
    until = datetime(2026, 3, 1, tzinfo=UTC)
    old = key("acme", until=until)
    message = pack(TEXT, ours(keys=(old,)), identity())

    with pytest.raises(Refused, match="expired on 2026-03-01") as refused:
        unpacked(message, theirs(certificates=(old.certificate,)))
    assert refused.value.why is Why.AUTHENTICATION
    lenient = theirs(certificates=(old.certificate,), takes=Takes(expired=True))
    assert unpacked(message, lenient).payload == TEXT


def test_certificates_that_expired_or_soon_will_are_named():
    soon, old = datetime(2026, 4, 20, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
    profile = ours(
        keys=(key("acme", until=soon),),
        certificates=(key("carrier").certificate, key("carrier", until=old).certificate),
    )

    assert doubts_about(profile, now=NOW) == (
        "our certificate 1 expires in 18 days, on 2026-04-20",
        "their certificate 2 expired on 2026-03-01",
    )


def test_a_digest_that_the_profile_does_not_take_is_refused():
    message = packed(profile=ours(sends=Sends(digest="sha256")))

    with pytest.raises(Refused, match="no signature over sha256"):
        unpacked(message, theirs(takes=Takes(digests=frozenset({"sha512"}))))


def test_a_signature_around_an_envelope_is_refused_since_it_may_be_another_s():
    """Whoever signs a sealed message that is not theirs would be taken for its author."""
    sealed = packed(profile=ours(sends=Sends(sign=False)))
    raw = written(tuple(one for one in sealed.headers if one[0].startswith("Content")), sealed.body)
    headers, body = sign_part(raw, key("acme"), digest="sha256", boundary="b")

    with pytest.raises(Refused, match="does not belong"):
        unpack(headers, body, theirs(takes=OPEN), now=NOW)


def test_a_part_without_its_signature_is_refused():
    message = packed(TEXT, ours(sends=SIGNED_ONLY))
    body = message.body.replace(b"application/pkcs7-signature;", b"text/plain;")

    with pytest.raises(Refused, match="not a part and its signature"):
        unpack(message.headers, body, theirs(takes=SIGNED), now=NOW)


def test_a_second_content_type_is_refused_and_not_chosen_among():
    headers = (("Content-Type", "text/plain"), ("content-type", "application/edi-x12"))

    with pytest.raises(Refused, match="stands there 2 times"):
        unpack(headers, TEXT, theirs(takes=OPEN), now=NOW)


def test_an_entity_keeps_its_exact_bytes():
    raw = b"A: 1\nContent-Type: text/plain;\n\tcharset=x\n\nbody\r"
    entity = read_entity(raw)

    assert entity.raw == raw
    assert entity.body == b"body\r"
    assert entity.media_type.parameters == {"charset": "x"}
