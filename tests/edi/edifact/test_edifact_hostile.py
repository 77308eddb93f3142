"""Whatever arrives as EDIFACT, reading ends, keeps every byte, and never raises."""

import time
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawbar.edi import UnableToWrap, UnableToWrite
from drawbar.edi.edifact import ControlNumbers, acknowledge, parse, read, write

MESSAGE = (
    b"UNA:+.? '\r\nUNB+UNOC:3+NRTH:14+SHIP:ZZZ+260301:0930+7'\r\n"
    b"UNH+1+IFTMIN:D:96A:UN'\r\nBGM+610+S-1+9'\r\nDTM+137:20260301:102'\r\nFTX+AAI+++IT?'S?\r\n'\r\n"
    b"NAD+CZ+123::9++ACME:PLANT 1'\r\nGID+1+3:PX'\r\nMEA+WT+G+KGM:12,5'\r\nUNT+8+1'\r\n"
    b"UNH+2+IFTSTA:D:96A:UN'\r\nBGM+77+PRO1+9'\r\nCNI+1+PRO1'\r\nSTS+1+21::9'\r\nUNT+5+2'\r\n"
    b"UNZ+2+7'\r\n"
)
ALPHABET = [b"+", b"'", b":", b"?", b"*", b"\n", b"UNA:+.? '", b"UNB+", b"UNH+1+", b"UNT+"]
ALPHABET += [b"IFTMIN:D:96A:UN", b"UNZ+", b"9", b"\xff", b"UNG+", b"UNE+", b"DTM+", b"GID+"]
SENT_AT = datetime(2026, 3, 1)  # noqa: DTZ001 - written as it is


def taken(data: bytes) -> None:
    """Do with ``data`` all that we do with what a partner sends."""
    document = read(data)
    write(document)
    for interchange in document.interchanges:
        assert interchange.identity.payload_hash
        for item in interchange.sets:
            parse(item)
        try:
            numbers = ControlNumbers(interchange="1")
            for answer in acknowledge(interchange, numbers=numbers, sent_at=SENT_AT):
                write(answer)
        except (UnableToWrap, UnableToWrite):
            pass  # ids or separators that do not fit an envelope: refused by name


@given(st.binary(max_size=400))
def test_random_bytes_raise_nothing(data):
    taken(data)


@given(st.lists(st.sampled_from(ALPHABET), max_size=40).map(b"".join))
def test_fragments_of_messages_raise_nothing(data):
    taken(MESSAGE[:55] + data)
    taken(data)


@given(st.integers(0, len(MESSAGE) - 1), st.integers(0, 255))
@settings(max_examples=300)
def test_one_wrong_byte_raises_nothing(at, value):
    taken(MESSAGE[:at] + bytes([value]) + MESSAGE[at + 1 :])


def test_a_message_cut_at_any_byte_raises_and_loses_nothing():
    for end in range(len(MESSAGE)):
        taken(MESSAGE[:end])
        assert write(read(MESSAGE[:end])) == MESSAGE[:end]


@given(st.lists(st.sampled_from(ALPHABET), max_size=30).map(b"".join))
def test_no_byte_behind_a_whole_header_is_lost(data):
    sent = MESSAGE[:55] + data

    assert write(read(sent)) == sent


@pytest.mark.parametrize(
    "part",
    [
        b"UNB+",
        b"UNA:+.? '",
        b"UNA:+.? '      ",
        b"UNB+" + b"x" * 400,
        b"UNH+1+IFTMIN:D:96A:UN'",
        b"UNH+UNZ+'",
        b"UNZ+UNB ",
        b"?",
        b"?+",
        b"?'",
        b"\n",
        b"'",
        b"+",
        b":",
        b"GID+1'",
        b"UNZ+1+1'",
        b"x\n",
    ],
    ids=str,
)
@pytest.mark.parametrize("start", [0, 55], ids=["alone", "behind a header"])
def test_time_grows_with_size_only(part, start):
    small, large = (MESSAGE[:start] + part * (size // len(part)) for size in (20_000, 200_000))

    assert seconds(large) < 40 * max(seconds(small), 0.003)


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
