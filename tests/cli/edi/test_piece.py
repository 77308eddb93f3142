"""A file is cut into interchanges without losing a byte, whatever sizes it comes in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.cli.edi.piece import pieces
from tests.cli.edi.message import INVOICE, STATUS, invoice

FILES = st.lists(st.sampled_from([INVOICE, STATUS, invoice(8), b"\r\n", b"junk"]), max_size=6)


def chunks(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(FILES.map(b"".join), st.integers(1, 3_000))
def test_no_byte_is_lost_and_offsets_count_from_the_beginning(data, size):
    found = list(pieces(chunks(data, size)))

    assert b"".join(piece.data for piece in found) == data
    for piece in found:
        assert data[piece.offset : piece.offset + len(piece.data)] == piece.data


@pytest.mark.parametrize("size", [1, 7, 64, 1_000, 100_000])
def test_each_interchange_is_a_piece_however_the_bytes_arrive(size):
    data = INVOICE + STATUS + b"\n" + invoice(8)

    found = [piece.data.strip() for piece in pieces(chunks(data, size))]

    assert found == [INVOICE.strip(), STATUS.strip(), invoice(8).strip()]


def test_a_service_string_stays_with_its_header():
    found = list(pieces([STATUS + STATUS]))

    assert [piece.data for piece in found] == [STATUS, STATUS]


def test_what_is_larger_than_the_limit_is_cut_and_the_next_interchange_is_read():
    endless = INVOICE.replace(b"L5*1*PAPER~\n", b"L5*1*PAPER~\n" * 5_000)

    first, second = pieces(chunks(endless + STATUS, 4_000), most=10_000)

    assert len(first.data) < 11_000
    assert first.left_out == len(endless) - len(first.data)
    assert (second.data, second.offset) == (STATUS, len(endless))


def test_a_file_without_any_header_is_not_read_to_its_end():
    taken = 0

    def endless():
        nonlocal taken
        for _ in range(100):
            taken += 1
            yield b"x" * 1_000_000

    (found,) = pieces(endless())

    assert taken < 10
    assert found.offset == 0


def test_an_empty_file_is_one_empty_piece():
    assert [piece.data for piece in pieces([])] == [b""]
