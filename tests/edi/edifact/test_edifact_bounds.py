"""However large or broken an EDIFACT file is: all ends, is bounded, and only we refuse."""

import time
import tracemalloc
from datetime import datetime

import pytest

from drawbar.edi import FindingCode, UnableToWrap, UnableToWrite
from drawbar.edi.edifact import ControlNumbers, acknowledge, parse, read, write
from drawbar.edi.edifact.directory.sets import SETS

HEAD = b"UNA:+.? '\nUNB+UNOC:3+NRTH:14+SHIP:ZZZ+260301:0930+7'\nUNH+1+IFTMIN:D:96A:UN'\n"
SENT_AT = datetime(2026, 3, 1)  # noqa: DTZ001 - written as it is
MEGABYTE = 1024 * 1024
BODIES = {
    "CONTRL": "UCI+7+A:14+B+4'UCM+1+IFTMIN:D:96A:UN+4'UCS+3+13'UCD+12+2:2'UCF+5+A+B+7'",
    "APERAK": "BGM+305+A-1+29'DTM+137:20260301:102'RFF+ACW:S-1'ERC+5:::9'FTX+AAO+++?'no?''",
    "INVOIC": "BGM+780+1+9'CUX+2:EUR:4'LIN+1++FRT'MOA+203:1200.5'UNS+S'CNT+2:1'MOA+77:1200.5'",
    "IFTSTA": "BGM+77+1+9'CNI+1+1'STS+1+21+8'DTM+334:202603010930:203'LOC+7+DEHAM'EQD+CN+X'",
    "IFTMIN": "BGM+610+1+9'TSR+27+2'TDT+20++3'NAD+CZ+1::9++A:B'GID+1+3:PX'MEA+WT+G+KGM:1'",
    "ORDERS": "BGM+220+1+9'LIN+1++4711:SA'QTY+21:5'UNS+S'",
    "ORDRSP": "BGM+231+1+9'LIN+1++4711:SA'QTY+21:5'UNS+S'",
    "DESADV": "BGM+351+1+9'CPS+1'PAC+1++PX'LIN+1++4711:SA'QTY+12:5'",
    "IFCSUM": "BGM+85+1+9'CNI+1+1'LOC+5+DEHAM'GID+1+3:PX'",
}


def message(code: str) -> bytes:
    body = BODIES.get(code, BODIES["IFTMIN"])
    head = f"UNA:+.?*'UNB+UNOC:4+NRTH:14+SHIP+20260301:0930+7'UNH+1+{code}:D:96A:UN:EAN008'"
    return f"{head}{body}UNT+{body.count(chr(39)) + 2}+1'UNZ+1+7'".encode()


def taken(data: bytes) -> None:
    """Do with ``data`` all that we do with what a partner sends."""
    document = read(data)
    assert write(document) == data
    for interchange in document.interchanges:
        for item in interchange.sets:
            parse(item)
        try:
            numbers = ControlNumbers(interchange="1")
            for answer in acknowledge(interchange, numbers=numbers, sent_at=SENT_AT):
                write(answer)
        except (UnableToWrap, UnableToWrite):
            pass  # ids that do not fit an envelope: refused by name


@pytest.mark.parametrize("code", SETS)
def test_a_message_of_every_kind_cut_at_any_byte_is_read_and_kept(code):
    data = message(code)

    for end in range(len(data)):
        taken(data[:end])


HUGE = {
    "an element": (HEAD + b"FTX+AAI+++" + b"x" * 10 * MEGABYTE + b"'", "limit_reached"),
    "segments": (HEAD + b"GID+1'" * 1_000_000, "limit_reached"),
    "release characters": (HEAD + b"FTX+" + b"?" * 10 * MEGABYTE + b"'", "limit_reached"),
    "released letters": (HEAD + b"FTX+" + b"?a" * 5 * MEGABYTE + b"'", "limit_reached"),
    "released terminators": (HEAD + b"?'" * 5 * MEGABYTE, "limit_reached"),
    "elements": (HEAD + b"FTX" + b"+" * 10 * MEGABYTE + b"'", "limit_reached"),
    "components": (HEAD + b"FTX+" + b":" * 10 * MEGABYTE + b"'", "limit_reached"),
    "line breaks": (HEAD + b"FTX+" + b"\n" * 10 * MEGABYTE + b"'", "limit_reached"),
    "terminators": (HEAD + b"'" * 10 * MEGABYTE, "segment_empty"),
    "blanks": (HEAD + b" " * 10 * MEGABYTE, "trailer_missing"),
}


@pytest.mark.parametrize(("data", "code"), HUGE.values(), ids=HUGE)
def test_what_is_too_large_ends_soon_and_is_named(data, code):
    begun = time.process_time()

    document = read(data)

    assert time.process_time() - begun < 20
    assert FindingCode(code) in {each.code for each in document.all_findings}
    assert document.interchanges[0].header.tag == "UNB"


def test_memory_stays_within_ten_times_the_interchange():
    data = HEAD + b"FTX+AAI+++some words for people'\n" * 30_000

    tracemalloc.start()
    document = read(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert document.interchanges
    assert peak < 64 * MEGABYTE + 10 * len(data)
