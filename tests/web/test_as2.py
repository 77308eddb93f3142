"""A partner posts by AS2 at our web door: known by its signature, answered by a receipt."""

import pytest
from msgspec import to_builtins

from drawbar.connectors.as2.read_mdn import Delivered, TurnedDown
from drawbar.connectors.as2.wire import party_of
from drawbar.web.as2 import POSTS_PER_MINUTE
from tests.connectors.as2.stage import laid_out, settings
from tests.connectors.x12_folder.conftest import wrapped
from tests.flow.stage import order, released
from tests.web.conftest import opened

pytestmark = pytest.mark.system

STATUS = "B10*1*S-1001-V1T1*ABCD\nLX*1\nAT7*X3*NS***20260310*0940*ET"


@pytest.fixture(scope="module")
def mail(tmp_path_factory):
    folder = tmp_path_factory.mktemp("as2")
    laid_out(folder, "acme", "carrier", "stranger")
    return folder


@pytest.fixture(scope="module")
def door(doors, mail):
    """Yield doors for a partner whose X12 comes by AS2."""
    systems = {
        "abcd": {
            "connector": "x12_folder",
            "party_ref": "ABCD",
            "folders": {"inbox": "", "outbox": "", "own": str(mail / "own")},
            "ours": {"id": "ACME"},
            "theirs": {"qualifier": "02", "id": "ABCD"},
            "wire": {"as2": to_builtins(settings(mail, "acme", "carrier"))},
        },
        "plain": {
            "connector": "csv_folder",
            "party_ref": "NRTH",
            "folders": {name: str(mail / name) for name in ("inbox", "outbox", "own")},
        },
    }
    doors.engine.learn([released(order("1001"))])
    doors.work()
    yield from opened(doors.logins, systems=systems)


def carrier_of(door, mail, we="carrier", own="carrier_own"):
    """Return what sends as the partner to the web door."""
    told = settings(mail, we, "acme", url=f"{door.address}/as2")
    return party_of(told, own=mail / own).sender


def test_a_partner_s_message_is_taken_read_and_proven(door, mail):
    sender = carrier_of(door, mail)
    body = wrapped("214", STATUS, control=7)

    assert isinstance(sender.send("214-7", body), Delivered)
    connector = door.settings.partners["abcd"]
    [item] = connector.changes("inbox", "").items
    assert (item.channel, item.body) == ("x12:ABCD", body)
    connector.settled(connector.changes("inbox", ""))


def test_a_stranger_hears_that_it_is_not_known(door, mail):
    (mail / "stranger").mkdir(exist_ok=True)
    verdict = carrier_of(door, mail, we="stranger", own="stranger").send("1", b"ISA*1~")

    assert isinstance(verdict, TurnedDown)
    assert "403" in verdict.text


def test_a_post_without_names_is_turned_away(door):
    answer = door.client.post("/as2", content=b"ISA*1~")

    assert (answer.status_code, answer.content) == (400, b"")


def test_one_address_may_not_post_for_ever(door):
    statuses = [door.client.post("/as2", content=b"x").status_code for _ in range(POSTS_PER_MINUTE)]

    assert set(statuses) == {400, 429}
