"""Login links and sessions: ours, in time, and each good for its own purpose only."""

from datetime import UTC, datetime, timedelta

import pytest

from drawbar.web.auth.role import Role
from drawbar.web.auth.secret import Secret
from drawbar.web.auth.token import (
    LINK_LIFE,
    SESSION_LIFE,
    login_token,
    read_login,
    read_session,
    session_token,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
OURS, THEIRS = Secret(b"o" * 32), Secret(b"t" * 32)


def link(secret: Secret = OURS) -> str:
    return login_token("Ann", Role.ADMIN, secret=secret, at=NOW)


def session() -> str:
    visitor = read_login(link(), secret=OURS, at=NOW)
    assert visitor is not None
    return session_token(visitor, secret=OURS, at=NOW)


def test_a_link_says_who_follows_it():
    told = read_login(link(), secret=OURS, at=NOW)

    assert told is not None
    assert (told.name, told.role) == ("Ann", Role.ADMIN)


def test_two_links_are_never_the_same():
    assert link() != link()


def test_a_link_ends_after_half_an_hour():
    assert read_login(link(), secret=OURS, at=NOW + LINK_LIFE - timedelta(seconds=1))
    assert read_login(link(), secret=OURS, at=NOW + LINK_LIFE) is None


def test_a_session_ends_after_its_day():
    assert read_session(session(), secret=OURS, at=NOW + SESSION_LIFE - timedelta(seconds=1))
    assert read_session(session(), secret=OURS, at=NOW + SESSION_LIFE) is None


def test_a_link_is_no_session_and_a_session_no_link():
    assert read_session(link(), secret=OURS, at=NOW) is None
    assert read_login(session(), secret=OURS, at=NOW) is None


@pytest.mark.parametrize(
    "token",
    [link(THEIRS), link()[:-2], "A" + link()[1:], "", "é", "%%%", "A" * 2000],
    ids=["other server", "cut off", "changed", "empty", "no ASCII", "no base64", "too long"],
)
def test_what_we_did_not_seal_opens_nothing(token):
    assert read_login(token, secret=OURS, at=NOW) is None
