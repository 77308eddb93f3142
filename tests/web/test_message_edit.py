"""A message is mended by a named person: the original stays, and the new version is read."""

import msgspec
import pytest

from drawbar.connectors.registry import readers_of
from drawbar.messages.inbox import Intake
from drawbar.web.api.v1.readers import READERS
from drawbar.web.auth.role import Role
from drawbar.web.desks.message_actions import bytes_of, difference
from tests.flow.stage import answered, released
from tests.web.desk import seated
from tests.web.test_code_maps import NORTHLAKE, event


@pytest.mark.parametrize(
    ("text", "like", "bytes_"),
    [
        ("a\r\nb", b"x\ny", b"a\nb"),
        ("a\r\nb", b"x\r\ny", b"a\r\nb"),
        ("caf\xe9", b"caf\xe9", b"caf\xe9"),
        ("caf\xe9", "caf\xe9".encode(), "caf\xe9".encode()),
    ],
    ids=["line feeds", "two characters", "latin letters", "unicode"],
)
def test_an_edit_keeps_letters_and_line_ends_as_they_were(text, like, bytes_):
    assert bytes_of(text, like=like) == bytes_


def test_a_difference_shows_the_segment_that_changed():
    told = difference(b"ST*214*1~AT7*ZZ~SE*3~", b"ST*214*1~AT7*D1~SE*3~")

    assert "-AT7*ZZ~" in told
    assert "+AT7*D1~" in told


@pytest.fixture(scope="module")
def road(doors):
    doors.engine.readers = {**READERS, **readers_of("northlake", NORTHLAKE)}
    doors.engine.learn([released(), answered("S-1001-V1T1")])
    (taken,) = doors.engine.take([event(1, "nonsense")])
    broken = Intake(
        channel="api:NRTH",
        sender="northlake",
        body=b'{"id": "8", "type": ',
        content_type="application/json",
        key="broken",
    )
    (dead,) = doors.engine.take([broken])
    doors.work()
    return doors, taken.message_ref, dead.message_ref


@pytest.mark.system
def test_a_mended_message_is_read_and_says_who_changed_what(road):
    doors, ref, _ = road
    with seated(doors, "Iris", Role.INTEGRATION) as iris:
        body = doors.get(f"/v1/messages/{ref}/raw").content
        mended = body.replace(b"nonsense", b"delayed").decode()

        said = iris.send(f"/messages/{ref}/edit", body=mended, reason="they meant delayed")
        again = iris.send(f"/messages/{ref}/edit", body=mended, reason="they meant delayed")
        new = said.split()[2].rstrip(":")
        page = iris.page(f"/messages/{new}/edit")

    assert said.endswith("1 fact was read from it.")
    assert again.startswith("Nothing was done.")
    assert "What Iris changed, because they meant delayed" in page
    assert doors.get(f"/v1/messages/{ref}/raw").content == body


@pytest.mark.system
def test_a_message_is_read_again_by_hand(road):
    doors, _, dead = road
    with seated(doors, "Iris", Role.INTEGRATION) as iris:
        said = iris.send(f"/messages/{dead}/replay", reason="the reader was mended")

    assert said.startswith(dead)


@pytest.mark.system
def test_what_a_person_decided_is_not_edited_by_another(road):
    doors, _, _ = road
    told = {"shipment_ref": "S-1001", "kind": "lumper", "reason": "receipt seen"}
    money = {"amount": "9.00", "currency": "USD"}
    taken = doors.post("/v1/charge-approvals", told | {"money": money})
    ref = taken.json()["message_ref"]
    with seated(doors, "Iris", Role.INTEGRATION) as iris:
        page = iris.page(f"/messages/{ref}/edit")
        said = iris.send(f"/messages/{ref}/edit", body=msgspec.json.encode(told).decode())

    assert "under their own name" in page
    assert "under their own name" in said


@pytest.mark.system
def test_whoever_mended_a_bill_pays_nothing_beyond_what_is_agreed_of_it(road):
    doors, _, _ = road
    (taken,) = doors.engine.take([bill_of_northlake("9000.00x")])
    with seated(doors, "Alex", Role.ADMIN) as alex:
        mended = bill_of_northlake("90.00").body.decode()
        alex.send(f"/messages/{taken.message_ref}/edit", body=mended, reason="a typing error")
        (ref,) = [one["ref"] for one in doors.get("/bills.json").json()["items"]]
        form = {"answer": "pay_as_billed", "code": "goodwill", "disputed": "90.00"}

        said = alex.send(f"/bills/{ref}/decide", **form)

    assert "mended this bill, so another person" in said


def bill_of_northlake(amount):
    line = {"code": "LUMPER", "amount": amount}
    told = {"number": "77", "date": "2026-03-12", "currency": "USD", "total": amount}
    event_ = {"id": "bill-77", "type": "invoice", "occurred_at": "2026-03-12T09:00:00Z"}
    event_ |= {"shipment_id": "S-1001", "invoice": told | {"lines": [line]}}
    return Intake(
        channel="api:NRTH",
        sender="northlake",
        body=msgspec.json.encode(event_),
        content_type="application/json",
        key="bill-77",
    )
