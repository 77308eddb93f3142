"""A large X12 file is read in pieces; an interchange that is too large stops no other."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from drawbar.cli.audit.edi_file import SEGMENTS_MAX
from drawbar.cli.audit.edi_piece import LARGEST, TOO_LARGE, TooLarge, pieces
from drawbar.edi import Envelope, read, segment, wrap, write
from drawbar.edi.x12.wrap import Body
from tests.cli.audit.folder import AGREED, BILLS, audited, bill


def interchange(number: int, *, bills: int = 1) -> bytes:
    """Return an interchange of so many 210s, each of 100.00."""
    envelope = Envelope(
        sender_qualifier="02",
        sender="ABCD",
        receiver_qualifier="ZZ",
        receiver="ACME",
        control_number=number,
        group_number=1,
        sent_at=datetime(2026, 3, 14, 12, tzinfo=UTC),
    )
    return write(wrap([sent(f"{number}-{one}") for one in range(bills)], envelope))


def sent(invoice: str) -> Body:
    head = ("", invoice, "S-1001", "CC", "", "20260314", "10000", "", "", "", "ABCD")
    charge = ("1", "100", "FR", "10000", "", "", "", "400")
    rows = (("B3", *head), ("C3", "USD"), ("LX", "1"), ("L1", *charge))
    return Body("210", tuple(segment(*row) for row in (*rows, ("L3", "", "", "", "", "10000"))))


def whole(found: list[bytes | TooLarge]) -> list[bytes]:
    return [one for one in found if isinstance(one, bytes)]


@pytest.mark.parametrize("block", [7, 100, 4096, 1_000_000])
def test_pieces_are_the_file_and_end_behind_whole_interchanges(tmp_path: Path, block: int):
    sent = [interchange(number, bills=number % 3 + 1) + b"\r\n" for number in range(1, 6)]
    path = tmp_path / "bills.210"
    path.write_bytes(b"".join(sent))

    found = whole(list(pieces(path, block=block)))

    assert b"".join(found) == path.read_bytes()
    assert sum(len(read(one).interchanges) for one in found) == len(sent)
    assert not [each for one in found for each in read(one).all_findings]


def test_no_more_than_one_block_is_held_beside_the_interchange_at_hand(tmp_path: Path):
    path = tmp_path / "bills.210"
    path.write_bytes(b"".join(interchange(number) for number in range(1, 50)))
    one = len(interchange(1))

    assert max(map(len, whole(list(pieces(path, block=1000))))) <= 1000 + 2 * one


@pytest.mark.parametrize("block", [50, 1000])
@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "in the middle", "last"])
def test_only_an_interchange_that_is_too_large_is_passed_over(
    tmp_path: Path, place: int, block: int
):
    sent = [interchange(1), interchange(2)]
    sent.insert(place, interchange(3, bills=100))
    path = tmp_path / "bills.210"
    path.write_bytes(b"".join(sent))

    found = list(pieces(path, block=block, largest=3_000))

    assert found.count(TOO_LARGE) == 1
    assert b"".join(whole(found)) == interchange(1) + interchange(2)


def test_an_interchange_that_is_too_large_is_named_and_stops_no_other_bill(tmp_path: Path):
    start, end = interchange(7).split(b"L1*1*100", 1)
    endless = start + b"L1*1*100*FR*10000****400~" * (LARGEST // 20) + b"L1*1*100" + end

    said = audited(
        tmp_path, {"a.210": endless + interchange(8), "bills.csv": BILLS + bill(*AGREED)}
    )

    assert said.code == 8
    assert {one["invoice"] for one in said.bills} == {"1", "8-0"}
    (named,) = said.unread
    assert (named["file"], named["places"]) == ("a.210", ["interchange 1"])
    assert "more than 16 MB" in named["text"]


def test_a_set_of_far_too_many_segments_is_named_and_stops_no_other_bill(tmp_path: Path):
    start, end = interchange(7).split(b"L1*1*100", 1)
    endless = start + b"L1*1*1*FR*100****400~" * SEGMENTS_MAX + b"L1*1*100" + end

    said = audited(tmp_path, {"a.210": endless + interchange(8)})

    assert {one["invoice"] for one in said.bills} == {"8-0"}
    assert (said.unread[0]["file"], said.unread[0]["places"]) == ("a.210", ["interchange 1 set 1"])
    assert "more than 100,000 is not read" in said.unread[0]["text"]
