"""What one side packs the other unpacks, in every combination, and both take the same digest."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawbar.connectors.as2.agreed import Sends, Takes
from drawbar.connectors.as2.mic import agree, mic_of
from drawbar.connectors.as2.multipart import BoundaryInContent
from drawbar.connectors.as2.refused import Refused, Why
from tests.connectors.as2.stage import (
    OPEN,
    PAYLOAD,
    PLAIN,
    SIGNED_ONLY,
    key,
    ours,
    packed,
    theirs,
    unpacked,
)

COMBINATIONS = [
    Sends(sign=sign, encrypt=encrypt, compress=compress, transfer=transfer)
    for sign, encrypt, compress, transfer in itertools.product(
        (True, False),
        (True, False),
        ("no", "before_signing", "after_signing"),
        ("binary", "base64"),
    )
]


@pytest.mark.parametrize("sends", COMBINATIONS, ids=str)
def test_what_is_packed_is_unpacked_and_both_digests_agree(sends: Sends):
    message = packed(profile=ours(sends=sends))

    read = unpacked(message, theirs(takes=OPEN))

    assert read.payload == PAYLOAD
    assert agree(read.mic, message.mic)
    assert (bool(read.signed_by_digest), read.encrypted) == (sends.sign, sends.encrypt)
    assert read.compressed == (sends.compress != "no")


@settings(max_examples=60)
@given(payload=st.binary(max_size=400), sends=st.sampled_from(COMBINATIONS))
def test_no_payload_is_altered_on_its_way(payload: bytes, sends: Sends):
    message = packed(payload, ours(sends=sends))

    read = unpacked(message, theirs(takes=OPEN))

    assert read.payload == payload
    assert agree(read.mic, message.mic)


@pytest.mark.parametrize("cipher", ["aes128", "aes192", "aes256"])
@pytest.mark.parametrize("transport", ["pkcs1v15", "oaep"])
def test_every_cipher_and_key_transport_opens(cipher, transport):
    message = packed(profile=ours(sends=Sends(cipher=cipher, key_transport=transport)))

    assert unpacked(message).payload == PAYLOAD


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
@pytest.mark.parametrize("signer", ["acme", "EC acme"])
def test_every_digest_and_kind_of_key_signs(digest, signer):
    sends = Sends(digest=digest)
    message = packed(profile=ours(sends=sends, keys=(key(signer),)))

    read = unpacked(message, theirs(certificates=(key(signer).certificate,)))

    assert read.signed_by_digest == digest


def test_the_digest_of_a_signed_message_is_over_the_part_with_its_headers():
    message = packed(b"UNB+UNOA'", ours(sends=SIGNED_ONLY))

    part = (
        b"Content-Type: application/edi-x12\r\nContent-Transfer-Encoding: binary\r\n\r\nUNB+UNOA'"
    )
    assert message.mic == mic_of(part, "sha-256")


def test_the_digest_of_a_bare_message_is_over_the_content_alone():
    message = packed(b"UNB+UNOA'", ours(sends=PLAIN))

    assert message.mic == mic_of(b"UNB+UNOA'", "sha-256")


def test_a_message_that_is_not_signed_is_refused_where_that_is_demanded():
    message = packed(profile=ours(sends=Sends(sign=False)))

    with pytest.raises(Refused) as refused:
        unpacked(message)
    assert refused.value.why is Why.SECURITY


def test_a_message_that_is_not_encrypted_is_refused_where_that_is_demanded():
    message = packed(profile=ours(sends=SIGNED_ONLY))

    with pytest.raises(Refused) as refused:
        unpacked(message)
    assert refused.value.why is Why.SECURITY


def test_a_message_for_another_key_is_refused_as_not_decrypted():
    message = packed(profile=ours(certificates=(key("stranger").certificate,)))

    with pytest.raises(Refused, match="none of which is a certificate of ours") as refused:
        unpacked(message)
    assert refused.value.why is Why.DECRYPTION


def test_during_a_changeover_the_old_and_the_new_key_open_and_both_certificates_count():
    changing = theirs(
        keys=(key("carrier 2027"), key("carrier")),
        certificates=(key("acme 2027").certificate, key("acme").certificate),
    )

    assert unpacked(packed(), changing).payload == PAYLOAD
    renewed = ours(keys=(key("acme 2027"),), certificates=(key("carrier 2027").certificate,))
    assert unpacked(packed(profile=renewed), changing).payload == PAYLOAD


def test_more_bytes_than_the_profile_takes_are_refused_also_when_they_come_small():
    sends = Sends(compress="before_signing")
    message = packed(b"0" * 200_000, ours(sends=sends))

    with pytest.raises(Refused, match="more than") as refused:
        unpacked(message, theirs(takes=Takes(payload_bytes_max=1_000)))
    assert refused.value.why is Why.DECOMPRESSION


def test_a_payload_that_contains_the_boundary_asks_for_another_boundary():
    with pytest.raises(BoundaryInContent):
        packed(b"x\r\n--=_bound1\r\n", ours(sends=SIGNED_ONLY))
