"""Bytes are kept as they came; only what became of them may be noted later."""

import psycopg
import pytest

from drawbar.engine import Intake
from tests.engine.database import rows, told
from tests.engine.toy import payment

pytestmark = pytest.mark.system


@pytest.fixture
def message_ref(engine):
    body = told(payment("P-1"))
    came = Intake(channel="toy", sender="globex", body=body, content_type="text/plain", key="K-1")
    return engine.take([came])[0].message_ref


@pytest.mark.parametrize(
    "change",
    [
        "body = 'other'",
        "sha256 = 'other'",
        "key = 'other'",
        "sender = 'other'",
        "learned_at = now()",
        "edited_from = message_ref",
    ],
)
def test_the_database_refuses_to_change_what_came(pool, logins, message_ref, change):
    with (
        psycopg.connect(logins.owner_url) as owner,
        pytest.raises(psycopg.errors.RestrictViolation, match="an edit is a new version"),
    ):
        owner.execute(f"UPDATE messages SET {change}".encode())


@pytest.mark.parametrize("statement", ["DELETE FROM messages", "TRUNCATE messages CASCADE"])
def test_the_database_refuses_to_remove_what_came(logins, message_ref, statement):
    with psycopg.connect(logins.owner_url) as owner, pytest.raises(psycopg.Error):
        owner.execute(statement.encode())


def test_what_became_of_a_message_is_noted(pool, message_ref):
    with pool.connection() as connection:
        connection.execute("UPDATE messages SET outcome = 'dead', times = 2")

    assert rows(pool, "SELECT outcome, times FROM messages") == [("dead", 2)]
