"""A turn of a carrier: it learns, answers what is due, says what it is told, each thing once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest

from drawbar.world.behaviour import Behaviour, Bill, Charge, Lesson, Ordered, Pod, Report
from drawbar.world.carrier_api.carrier import ApiCarrier
from drawbar.world.carrier_api.shape import Tender, Where
from drawbar.world.carrier_edi.carrier import EdiCarrier, EdiSettings
from drawbar.world.turn import Turn
from tests.world.test_carrier_edi import OFFER, line, written

NOW = datetime(2026, 3, 9, 18, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=30)
ARRIVED = Ordered(key="O-1/arrived", ref="O-1", report=Report(status="X3", stop=1))
HAUL = Charge(code="400", amount=Decimal("1650.00"))


def bill(**more) -> Ordered:
    said = {"number": "19267", "on": date(2026, 3, 20), "charges": (HAUL,)}
    return Ordered(key="O-1/bill", ref="O-1", bill=Bill(**(said | more)))


def opened(tmp_path) -> EdiCarrier:
    folders = {name: tmp_path / name for name in ("inbox", "outbox", "state")}
    return EdiCarrier(EdiSettings(scac="ABCD", **folders))


@pytest.fixture
def edi(tmp_path):
    carrier = opened(tmp_path)
    (tmp_path / "inbox" / "offer.x12").write_text(
        OFFER.replace("SE*14", "L3*****165000******24~SE*15")
    )
    yield carrier
    carrier.store.close()


@pytest.fixture
def api(tmp_path):
    carrier = ApiCarrier(tmp_path)
    carrier.take(tender(), NOW)
    yield carrier
    carrier.store.close()


def tender(**more) -> Tender:
    opens = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
    where = Where(sequence=1, kind="pickup", city="Dallas", state="TX", opens=opens, closes=opens)
    said = {"references": {"order": "O-1", "bol": "B-77"}, "rate": Decimal("1650.00")}
    said |= {"reference": "k-1", "tender_id": "S-O-1-V1T1", "shipment_id": "S-O-1"}
    return Tender(stops=(where,), **(said | more))


def said(carrier: ApiCarrier) -> list[dict]:
    events, _ = carrier.events(0, 100)
    return [msgspec.json.decode(one) for one in events]


def test_a_turn_learns_hears_and_answers_at_once(edi, tmp_path):
    lesson = Lesson(ref="O-1", behaviour=Behaviour(pro="123456789"))
    turned = edi.turn(Turn(now=NOW, lessons=(lesson,)))

    assert set(written(tmp_path)) == {"990", "997"}
    (accepted,) = msgspec.to_builtins(turned.accepted)
    assert accepted == {
        "seq": 1,
        "tender": "S-O-1-V1T1",
        "shipment": "S-O-1",
        "names": ["S-O-1-V1T1", "S-O-1", "O-1", "B-77"],
        "pro": "123456789",
        "at": "2026-03-09T18:00:00Z",
        "state": "accepted",
        "pay": "1650.00",
        "pieces": 24,
        "stops": [
            _stop(1, "pickup", "Dallas", "TX", "2026-03-10T08:00:00"),
            _stop(2, "delivery", "Chicago", "IL", "2026-03-12T09:00:00"),
        ],
    }


def _stop(number: int, purpose: str, city: str, state: str, opens: str) -> dict:
    place = {"purpose": purpose, "city": city, "state": state}
    return {"number": number, "opens": opens, **place}


def test_the_book_is_read_on_behind_the_last_line(api):
    first = api.turn(Turn(now=NOW))
    again = api.turn(Turn(now=NOW, after=first.accepted[-1]["seq"]))

    assert [one["state"] for one in first.accepted] == ["accepted"]
    assert again.accepted == ()


def test_a_load_taken_back_and_a_new_version_stand_in_the_book(api):
    api.turn(Turn(now=NOW))
    api.take(tender(action="cancel"), NOW)
    api.take(tender(tender_id="S-O-1-V2T1", action="change"), NOW)
    turned = api.turn(Turn(now=LATER, after=1))

    assert [(one["tender"], one["state"]) for one in turned.accepted] == [
        ("S-O-1-V1T1", "cancelled"),
        ("S-O-1-V2T1", "accepted"),
    ]


def test_what_was_never_accepted_is_not_taken_out_of_the_book(api):
    api.take(tender(action="cancel"), NOW)

    assert api.turn(Turn(now=LATER)).accepted == ()


def test_what_is_told_is_said_once_for_ever(edi, tmp_path):
    edi.turn(Turn(now=NOW))
    for _ in range(2):
        edi.turn(Turn(now=LATER, told=(ARRIVED,)))
    edi.store.close()
    again = opened(tmp_path)
    again.turn(Turn(now=LATER, told=(ARRIVED,)))
    codes = [row["code"] for row in again.store.rows("SELECT code FROM said")]
    again.store.close()

    assert codes == ["997", "990", "214"]


def test_what_cannot_be_said_is_named_and_may_be_told_again(api):
    stray = Ordered(key="k-9", ref="O-9", report=Report(status="X3"))
    turned = api.turn(Turn(now=NOW, told=(stray, bill())))
    api.take(tender(tender_id="S-O-9-V1T1", references={"order": "O-9"}), NOW)
    later = api.turn(Turn(now=LATER, told=(stray,)))

    assert [(one.key, one.ref) for one in turned.unsaid] == [("k-9", "O-9")]
    assert later.unsaid == ()
    assert [one["type"] for one in said(api)] == [
        "tender.accepted",
        "invoice",
        "tender.accepted",
        "tracking",
    ]


def test_the_same_thing_goes_out_again_byte_for_byte_in_a_file_of_its_own(edi, tmp_path):
    edi.turn(Turn(now=NOW, told=(bill(),)))
    edi.turn(Turn(now=LATER, told=(Ordered(key="O-1/bill/again", again="O-1/bill"),)))

    bills = [file.read_bytes() for file in (tmp_path / "outbox").glob("*_210.edi")]
    assert len(bills) == 2
    assert bills[0] == bills[1]


def test_an_event_goes_out_again_as_it_was(api):
    api.turn(Turn(now=NOW, told=(bill(),)))
    api.turn(Turn(now=LATER, told=(Ordered(key="again", again="O-1/bill"),)))

    _, first, second = said(api)
    assert first == second


def test_garbled_bytes_go_out_as_they_are(edi, tmp_path):
    edi.turn(Turn(now=NOW, told=(Ordered(key="k", raw="ISA|00|oops"),)))

    assert written(tmp_path)["raw"] == "ISA|00|oops"


def test_garbled_words_on_a_feed_leave_the_feed_readable(api):
    api.turn(Turn(now=NOW, told=(Ordered(key="k", raw="{half"),)))

    assert said(api)[1] == "{half"


def test_a_bill_mentions_the_names_that_it_is_told(edi, tmp_path):
    names = {"pro": "999", "po": "PO-1", "bol": "", "shipment": "S-O-2"}
    edi.turn(Turn(now=NOW, told=(bill(names=names, currency="CAD"),)))

    text = written(tmp_path)["210"]
    assert line(text, "B3") == "B3||19267|S-O-2|PP||20260320|165000||||ABCD"
    assert [one for one in text.splitlines() if one.startswith("N9")] == [
        "N9|CN|999",
        "N9|BM|B-77",
        "N9|PO|PO-1",
    ]
    assert line(text, "C3") == "C3|CAD"


def test_a_bill_may_mention_no_name_at_all(edi, api, tmp_path):
    for carrier in (edi, api):
        carrier.turn(Turn(now=NOW, told=(bill(names={}),)))

    text = written(tmp_path)["210"]
    assert line(text, "B3").split("|")[3] == ""
    assert "N9|" not in text
    assert said(api)[1]["tender_id"] == said(api)[1]["shipment_id"] == ""


def test_a_header_may_differ_from_its_lines(edi, tmp_path):
    edi.turn(Turn(now=NOW, told=(bill(total=Decimal("1700.00"), remit_to="FACTOR"),)))

    text = written(tmp_path)["210"]
    assert line(text, "B3").split("|")[7] == line(text, "L3").split("|")[5] == "170000"
    assert line(text, "N1") == "N1|RE|FACTOR"


def test_an_edi_carriers_proofs_come_on_paper(edi):
    turned = edi.turn(Turn(now=NOW, told=(Ordered(key="k", ref="O-1", pod=Pod()),)))

    assert [one.key for one in turned.unsaid] == ["k"]


def test_a_turn_with_nothing_to_do_writes_nothing(edi):
    edi.turn(Turn(now=NOW))
    before = edi.store.rows("PRAGMA data_version")[0][0], edi.store._db.total_changes
    edi.turn(Turn(now=LATER, after=1))

    assert (edi.store.rows("PRAGMA data_version")[0][0], edi.store._db.total_changes) == before
