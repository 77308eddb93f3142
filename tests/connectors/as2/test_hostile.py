"""Bytes that mean harm are refused within bounds: no deep nesting, no endless lengths, no bombs."""

import time
import zlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drawbar.connectors.as2 import ber, codes, der
from drawbar.connectors.as2.agreed import Takes
from drawbar.connectors.as2.asking import asked
from drawbar.connectors.as2.ber import UnreadableBer
from drawbar.connectors.as2.read_mdn import NotAReceipt, is_receipt, read_mdn
from drawbar.connectors.as2.refused import Refused
from drawbar.connectors.as2.unpack import unpack
from tests.connectors.as2.stage import NOW, OPEN, packed, theirs

MB = 1024 * 1024
WRAPPED = (("Content-Type", "application/pkcs7-mime"),)
SIGNED = (("Content-Type", 'multipart/signed; boundary="b"'),)
REPORT = (("Content-Type", 'multipart/report; boundary="b"'),)


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\x30",
        b"\x30\x80",
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x89" + b"\xff" * 9,
        b"\x04\x80\x00\x00",
        b"\x1f\x81\x01\x00",
        b"\x30\x05\x02\x01\x01",
        b"\x02\x01\x01rest",
        b"\x30\x80" * 5_000,
        b"\x30\x84\x00\x00\xff\xff" * 5_000,
        b"\x30\x80" + b"\x05\x00" * ber.VALUES_MAX,
    ],
    ids=lambda source: f"{len(source)} bytes {source[:4].hex()}",
)
def test_a_structure_that_is_none_is_refused(source):
    with pytest.raises(UnreadableBer):
        ber.read(source)


@given(st.binary(max_size=200))
@example(b"\x30\x80\x04\x01a\x00\x00")
def test_any_bytes_are_read_or_refused_and_what_is_read_is_written_again(source):
    try:
        value = ber.read(source)
    except UnreadableBer:
        return
    assert der.spelled(ber.read(der.spelled(value))) == der.spelled(value)


@settings(max_examples=300)
@given(
    body=st.binary(max_size=120)
    | st.binary(max_size=60).map(lambda one: b"--b\r\n" + one + b"\r\n--b--"),
    headers=st.sampled_from([WRAPPED, SIGNED, REPORT, (("Content-Type", "x/y"),)]),
)
def test_random_bytes_are_taken_as_they_are_or_refused(body, headers):
    for takes in (OPEN, Takes()):
        try:
            assert unpack(headers, body, theirs(takes=takes), now=NOW).payload is not None
        except Refused:
            continue


@settings(max_examples=200)
@given(data=st.data())
def test_a_structure_with_other_values_in_it_is_refused_by_our_own_refusal(data):
    message = packed(b"ISA*00*~")
    at = data.draw(st.integers(0, 400))
    put = data.draw(st.binary(min_size=1, max_size=6))
    body = message.body[:at] + put + message.body[at + len(put) :]

    try:
        assert unpack(message.headers, body, theirs(), now=NOW).payload == b"ISA*00*~"
    except Refused:
        return


@given(body=st.binary(max_size=200), headers=st.sampled_from([WRAPPED, SIGNED, REPORT]))
def test_random_bytes_are_no_receipt(body, headers):
    is_receipt(headers, body)
    with pytest.raises(NotAReceipt):
        read_mdn(headers, body, theirs(), now=NOW)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_wish_for_a_receipt_is_read(options, to):
    asked((("Disposition-Notification-Options", options), ("Disposition-Notification-To", to)))


def bomb(size: int) -> bytes:
    """Return a compressed entity of so many bytes."""
    packed_bytes = zlib.compress(b"Content-Type: text/plain\r\n\r\n" + b"\0" * size, 9)
    explicit = der.write(0xA0, der.write(ber.OCTETS, packed_bytes))
    inner = der.sequence(der.oid(codes.DATA), explicit)
    body = der.sequence(der.number(0), der.sequence(der.oid(codes.ZLIB)), inner)
    return der.sequence(der.oid(codes.COMPRESSED_DATA), der.write(0xA0, body))


def test_a_compressed_bomb_is_not_unpacked_beyond_what_the_profile_takes():
    takes = Takes(signed=False, encrypted=False, payload_bytes_max=MB)

    with pytest.raises(Refused, match="more than"):
        unpack(WRAPPED, bomb(64 * MB), theirs(takes=takes), now=NOW)


@pytest.mark.parametrize(
    ("headers", "piece"),
    [
        (WRAPPED, b"\x30\x80"),
        (WRAPPED, b"\x24\x80\x04\x01a\x00\x00"),
        (WRAPPED, b"\x30\x84\x00\x00\x00\x02"),
        (SIGNED, b"--b\r\n"),
        (SIGNED, b"\r\n--bb "),
        (SIGNED, b"\r\n--b   "),
        (SIGNED, b"\n"),
        (REPORT, b"\r\n--b x"),
        ((("Content-Type", "multipart/signed; boundary=" + ";a" * 20_000),), b"a"),
    ],
    ids=lambda one: one[:8] if isinstance(one, bytes) else "",
)
def test_ten_megabytes_of_anything_are_refused_in_time(headers, piece):
    body = piece * (10 * MB // len(piece))

    start = time.process_time()
    with pytest.raises(Refused):
        unpack(headers, body, theirs(), now=NOW)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("small", "large"),
    [
        (b"\x30\x80" + b"\x05\x00" * 20_000, b"\x30\x80" + b"\x05\x00" * 160_000),
        (b"\x24\x80" + b"\x04\x01a" * 20_000, b"\x24\x80" + b"\x04\x01a" * 160_000),
    ],
    ids=["nothings", "pieces"],
)
def test_eight_times_the_values_take_about_eight_times_as_long(small, large):
    def seconds(source: bytes) -> float:
        start = time.process_time()
        ber.octets(ber.read(source + b"\0\0"))
        return time.process_time() - start

    seconds(small)
    assert seconds(large) < 30 * max(seconds(small), 0.005)
