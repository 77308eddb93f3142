"""The carrier of the small world writes its own X12, and does each thing once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from drawbar.world.behaviour import Behaviour, Bill, Charge, Report
from drawbar.world.carrier_edi.carrier import EdiCarrier, EdiSettings
from drawbar.world.exchange import Refusal

NOW = datetime(2026, 3, 9, 18, 0, tzinfo=UTC)
OFFER = (
    "ISA*00*          *00*          *ZZ*ACME           *02*ABCD           *260309*0905*U*00401"
    "*000000007*0*P*>~GS*SM*ACMETMS*ABCD*20260309*0905*7*X*004010~ST*204*0001~"
    "B2**ABCD**S-O-1-V1T1**PP~B2A*00*LT~L11*S-O-1*SI~L11*O-1*OQ~L11*B-77*BM~"
    "S5*1*LD~G62*37*20260310*I*0800*LT~N1*SF*DOCK~N4*Dallas*TX*75201*US~"
    "S5*2*UL~G62*53*20260312*G*0900*LT~N1*ST*DOCK~N4*Chicago*IL*60601*US~"
    "SE*14*0001~GE*1*7~IEA*1*000000007~"
)


@pytest.fixture
def carrier(tmp_path):
    carrier = make(tmp_path)
    yield carrier
    carrier.store.close()


def make(tmp_path) -> EdiCarrier:
    folders = {name: tmp_path / name for name in ("inbox", "outbox", "state")}
    return EdiCarrier(EdiSettings(scac="ABCD", **folders))


def offer(tmp_path, text: str = OFFER, name: str = "offer.x12") -> None:
    (tmp_path / "inbox" / name).write_text(text)


def written(tmp_path) -> dict[str, str]:
    files = sorted((tmp_path / "outbox").iterdir())
    return {file.stem.rpartition("_")[2]: file.read_text() for file in files}


def line(text: str, tag: str) -> str:
    return next(one for one in text.splitlines() if one.startswith(f"{tag}|"))


def test_an_offer_is_acknowledged_and_accepted(carrier, tmp_path):
    carrier.behaviours.learn("O-1", Behaviour(pro="123456789"))
    offer(tmp_path)
    carrier.act(NOW)

    files = written(tmp_path)
    assert line(files["997"], "AK1") == "AK1|SM|7"
    assert line(files["990"], "B1") == "B1|ABCD|S-O-1-V1T1|20260309|A"
    assert line(files["990"], "ISA").startswith("ISA|00|          |00|          |02|ABCD  ")
    assert len(line(files["990"], "ISA")) == 105
    assert list((tmp_path / "inbox").iterdir()) == []


def test_the_same_offer_again_is_acknowledged_and_answered_once(carrier, tmp_path):
    for name in ("a.x12", "b.x12"):
        offer(tmp_path, name=name)
        carrier.act(NOW)

    codes = [row["code"] for row in carrier.store.rows("SELECT code FROM said ORDER BY control")]
    assert codes == ["997", "990", "997"]


def test_a_script_is_found_by_any_name_of_the_load(carrier, tmp_path):
    carrier.behaviours.learn("B-77", Behaviour(answer="decline", reason="CPT"))
    offer(tmp_path)
    carrier.act(NOW)

    assert line(written(tmp_path)["990"], "V9") == "V9|CPT"


def test_a_late_answer_survives_a_crash(carrier, tmp_path):
    carrier.behaviours.learn("default", Behaviour(after_minutes=30))
    offer(tmp_path)
    carrier.act(NOW)
    early = written(tmp_path)
    carrier.store.close()
    again = make(tmp_path)
    again.act(NOW + timedelta(minutes=30))
    again.store.close()

    assert set(early) == {"997"}
    assert set(written(tmp_path)) == {"990", "997"}


def test_it_reports_by_the_clock_on_the_stops_wall(carrier, tmp_path):
    offer(tmp_path)
    carrier.act(NOW)
    carrier.report("O-1", Report(status="X3", stop=1, minutes=-5), NOW)

    assert line(written(tmp_path)["214"], "AT7") == "AT7|X3|NS|||20260310|0755|LT"
    assert line(written(tmp_path)["214"], "MS1") == "MS1|Dallas|TX|US"


def test_an_appointment_stands_in_its_own_elements(carrier, tmp_path):
    offer(tmp_path)
    carrier.act(NOW)
    carrier.report("O-1", Report(status="AB", reason="NA", stop=2), NOW)

    assert line(written(tmp_path)["214"], "AT7") == "AT7|||AB|NA|20260312|0900|LT"


def test_it_bills_in_cents(carrier, tmp_path):
    offer(tmp_path)
    carrier.act(NOW)
    charges = (Charge(code="400", amount=Decimal("1650.00")),)
    carrier.bill("O-1", Bill(number="19267", on=date(2026, 3, 20), charges=charges), NOW)

    bill = written(tmp_path)["210"]
    assert line(bill, "B3") == "B3||19267|S-O-1-V1T1|PP||20260320|165000||||ABCD"
    assert line(bill, "L1") == "L1|1|||165000||||400"
    assert line(bill, "SE") == f"SE|{bill.count(chr(10)) - 4}|0001"


def test_what_is_said_again_is_the_same_file(carrier, tmp_path):
    offer(tmp_path)
    carrier.act(NOW)
    before = written(tmp_path)
    for file in (tmp_path / "outbox").iterdir():
        file.unlink()
    carrier.say_again(2)

    assert written(tmp_path) == {"990": before["990"]}


def test_nobody_reports_on_a_load_that_it_does_not_have(carrier):
    with pytest.raises(Refusal):
        carrier.report("O-9", Report(status="X3"), NOW)


def test_what_it_cannot_read_is_put_aside(carrier, tmp_path):
    offer(tmp_path, "Dear Sirs")
    carrier.act(NOW)

    assert [file.name for file in (tmp_path / "state" / "unreadable").iterdir()] == ["offer.x12"]
