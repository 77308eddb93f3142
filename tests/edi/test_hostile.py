"""Whatever arrives, reading ends, keeps every byte it understood, and never raises."""

import time
from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drawbar.edi import Numbers, UnableToWrap, acknowledge, parse, read, write

MESSAGE = (
    b"ISA*00*          *00*          *02*NRTH           *ZZ*SHIPPER        "
    b"*260301*0930*U*00401*000000007*0*P*:~\r\n"
    b"GS*IM*NRTH*SHIPPER*20260301*0930*7*X*004010~\r\nST*210*0001~\r\n"
    b"B3**INV-1*S-1*PP**20260301*110000****NRTH~\r\nC3*USD~\r\nN9*CN*PRO1~\r\n"
    b"N1*BT*SHIPPER INC*93*44~\r\nN3*1 MAIN ST~\r\nN4*RENO*NV*89501*US~\r\n"
    b"LX*1~\r\nL5*1*PAPER~\r\nL0*1*500*DM*42000*G~\r\nL1*1*2*PM*100000****400~\r\n"
    b"L1*1*20*PH*10000****FUE~\r\nL3*42000*G***110000~\r\nSE*14*0001~\r\n"
    b"GE*1*7~\r\nIEA*1*000000007~\r\n"
)
ALPHABET = [b"*", b"~", b"\n", b"ISA*", b"GS*", b"ST*210*1", b"SE*", b"L1*", b"IEA*", b"9", b"\xff"]


def taken(data: bytes) -> None:
    """Do with ``data`` all that we do with what a partner sends."""
    document = read(data)
    write(document)
    for interchange in document.interchanges:
        assert interchange.identity.payload_hash
        for item in interchange.sets:
            parse(item)
        try:
            sent_at = datetime(2026, 3, 1)  # noqa: DTZ001 - written as it is
            acknowledge(interchange, numbers=Numbers(interchange=1, group=1), sent_at=sent_at)
        except UnableToWrap:
            pass  # ids that do not fit an envelope: refused by name


@given(st.binary(max_size=400))
def test_random_bytes_raise_nothing(data):
    taken(data)


@given(st.lists(st.sampled_from(ALPHABET), max_size=40).map(b"".join))
@example(b"~~GS*~*~~ST*210*1~~")  # one character of a terminator of two is data
def test_fragments_of_messages_raise_nothing(data):
    taken(MESSAGE[:106] + data)
    taken(data)


@given(st.integers(0, len(MESSAGE) - 1), st.integers(0, 255))
@settings(max_examples=200)
@example(105, ord("*"))
@example(104, ord("*"))
def test_one_wrong_byte_raises_nothing(at, value):
    taken(MESSAGE[:at] + bytes([value]) + MESSAGE[at + 1 :])


def test_a_message_cut_at_any_byte_raises_nothing():
    for end in range(len(MESSAGE)):
        taken(MESSAGE[:end])


def test_a_message_cut_behind_its_header_loses_no_byte():
    for end in range(106, len(MESSAGE)):
        assert write(read(MESSAGE[:end])) == MESSAGE[:end]


@pytest.mark.parametrize(
    "part",
    [
        b"ISA*",
        b"ISA*" + b"x" * 400,
        MESSAGE[:106],
        MESSAGE[:106] + b"GS*IM~",
        b"IEA ISA*",
        b"\n",
        b"~",
        b"*",
        b"ST*210*1~",
        b"N1*BT~",
        b"IEA*1*1",
    ],
    ids=str,
)
def test_time_grows_with_size_only(part):
    small, large = (MESSAGE[:108] + part * (size // len(part)) for size in (20_000, 200_000))

    assert seconds(large) < 40 * max(seconds(small), 0.002)


def seconds(data: bytes) -> float:
    """Return the least of three tries, of our own processor time: others' work does not count."""
    return min(_seconds(data) for _ in range(3))


def _seconds(data: bytes) -> float:
    begun = time.process_time()
    document = read(data)
    for interchange in document.interchanges[:50]:
        for item in list(interchange.sets)[:50]:
            parse(item)
    return time.process_time() - begun
