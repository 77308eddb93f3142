"""One start or stop at a time."""

import pytest

from drawbar.records.server.lock import locked
from drawbar.records.server.refusal import UnableToOpenDatabase


def test_a_second_holder_waits_and_then_says_why(tmp_path):
    with (
        locked(tmp_path / "lock"),
        pytest.raises(UnableToOpenDatabase, match="Another process"),
        locked(tmp_path / "lock", patience_s=0.05),
    ):
        pytest.fail("two held the lock")


def test_the_next_one_may_when_the_first_is_done(tmp_path):
    with locked(tmp_path / "lock"):
        pass
    with locked(tmp_path / "lock", patience_s=0):
        pass
