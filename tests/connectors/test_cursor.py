"""Reading a list by stamps misses nothing that appears late, as long as it is in the overlap."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.connectors.cursor import Seen, StampCursor, UnreadableCursor

OVERLAP = timedelta(seconds=120)
START = datetime(2026, 3, 10, tzinfo=UTC)


def written(second: int) -> str:
    return (START + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")


def one_round(
    rows: list[tuple[str, int]], cursor: StampCursor, size: int
) -> tuple[set, StampCursor]:
    """Read every page of ``rows``, (stamp, id), as a connector does."""
    read: set[int] = set()
    while True:
        behind = sorted(row for row in rows if row > (cursor.since, cursor.after))
        for stamp, row in behind[:size]:
            cursor = cursor.passed(stamp=stamp, row=row)
            read.add(row)
        if len(behind) <= size:
            return read, cursor.turned_back(OVERLAP)


@given(
    st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 119)), min_size=1, max_size=30),
    st.integers(1, 5),
)
def test_no_row_is_missed_that_appears_within_the_overlap(rows, size):
    stamped = sorted((visible, visible - lag, row) for row, (visible, lag) in enumerate(rows, 1))
    shown: list[tuple[str, int]] = []
    read: set[int] = set()
    cursor = StampCursor()
    for _, stamp, row in stamped:
        shown.append((written(stamp), row))
        found, cursor = one_round(shown, StampCursor.read(cursor.text), size)
        read |= found

    assert read == {row for _, _, row in stamped}


def test_an_empty_list_leaves_the_cursor_at_the_beginning():
    assert StampCursor().turned_back(OVERLAP) == StampCursor.read("")


def test_a_cursor_of_another_system_is_refused():
    with pytest.raises(UnreadableCursor):
        StampCursor.read("page-7")


def test_remembers_only_so_many_keys_the_newest():
    seen = Seen(most=2)
    for key in ("a", "b", "a", "c"):
        seen.add(key)

    assert ["a" in seen, "b" in seen, "c" in seen] == [True, False, True]
