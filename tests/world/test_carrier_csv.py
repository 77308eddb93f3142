"""The carrier behind a portal reads tables and puts out tables, several things in one."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from drawbar.world.behaviour import Behaviour, Bill, Charge, Lesson, Ordered, Pod, Report
from drawbar.world.carrier_csv.carrier import CsvCarrier, CsvSettings
from drawbar.world.fault import Fault, FaultKind, Faults
from drawbar.world.turn import Turn

NOW = datetime(2026, 3, 9, 18, 0, tzinfo=UTC)
HEADING = "tender,action,shipment,order,po,bol,stop,purpose,city,state,opens,rate\r\n"
HAUL = (Charge(code="400", amount=Decimal("1650.00")), Charge(code="FUE", amount=Decimal("9.50")))


def offer(number: int = 1, action: str = "offer") -> str:
    load = f"S-O-{number}-V1T1,{action},S-O-{number},O-{number},,'=B-7"
    return (
        f"{HEADING}{load},1,pickup,Dallas,TX,2026-03-10T08:00:00-05:00,1650.00\r\n"
        f"{load},2,delivery,Houston,TX,2026-03-12T09:00:00-05:00,1650.00\r\n"
    )


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def carrier(tmp_path, faults):
    folders = {name: tmp_path / name for name in ("inbox", "outbox", "state")}
    carrier = CsvCarrier(CsvSettings(**folders), faults)
    send(tmp_path)
    yield carrier
    carrier.store.close()


def send(tmp_path, number: int = 1, action: str = "offer") -> None:
    name = f"tenders-S-O-{number}-V1T1%3A{action}.csv"
    (tmp_path / "inbox" / name).write_text(offer(number, action), newline="")


def turn(carrier, *told: Ordered, pro: str = "77001") -> tuple:
    lesson = Lesson(behaviour=Behaviour(pro=pro))
    return carrier.turn(Turn(now=NOW, lessons=(lesson,), told=told)).accepted


def bill(number: int = 1, **more) -> Ordered:
    stated = {"number": f"I-{number}", "on": date(2026, 3, 20), "charges": HAUL}
    return Ordered(key=f"bill-{number}", ref=f"O-{number}", bill=Bill(**(stated | more)))


def tables(tmp_path, kind: str) -> list[list[dict[str, str]]]:
    files = sorted((tmp_path / "outbox").glob(f"{kind}-*.csv"))
    return [list(csv.DictReader(file.read_text().splitlines())) for file in files]


def test_it_answers_a_load_that_it_takes_off_the_portal(carrier, tmp_path):
    (entry,) = turn(carrier)

    ((answer,),) = tables(tmp_path, "answers")
    assert (answer["tender"], answer["answer"], answer["pro"]) == ("S-O-1-V1T1", "yes", "77001")
    assert entry["names"] == ["S-O-1-V1T1", "S-O-1", "O-1", "=B-7"]
    assert [stop["city"] for stop in entry["stops"]] == [
        "Dallas",
        "Houston",
    ]


def test_the_same_file_again_is_one_load(carrier, tmp_path):
    turn(carrier)
    send(tmp_path)

    assert len(turn(carrier)) == 1
    assert len(tables(tmp_path, "answers")) == 1


def test_bills_of_a_turn_stand_in_one_table(carrier, tmp_path):
    send(tmp_path, 2)
    turn(carrier)
    turn(carrier, bill(1), bill(2, names={"po": "PO-9"}))

    ((first, fuel, second, _),) = tables(tmp_path, "bills")
    assert (first["invoice"], first["shipment"], first["bol"]) == ("I-1", "S-O-1", "=B-7")
    assert (fuel["line"], fuel["charge"], fuel["amount"]) == ("2", "Fuel", "9.50")
    assert (second["shipment"], second["po"], second["total"]) == ("", "PO-9", "1,659.50")


def test_it_reports_in_its_own_words_by_the_clock_on_the_wall(carrier, tmp_path):
    turn(carrier)
    turn(carrier, Ordered(key="k", ref="O-1", report=Report(status="X3", stop=1, minutes=-5)))

    ((row,),) = tables(tmp_path, "status")
    assert (row["status"], row["at"], row["zone"]) == ("At shipper", "2026-03-10 07:55", "")


def test_it_hands_in_proofs(carrier, tmp_path):
    turn(carrier)
    turn(carrier, Ordered(key="k", ref="O-1", pod=Pod(signer="J. DOE", pieces=22)))

    ((row,),) = tables(tmp_path, "pods")
    assert (row["signed by"], row["signed on"], row["pieces"]) == ("J. DOE", "", "22")


def test_a_table_goes_out_again_byte_for_byte(carrier, tmp_path):
    turn(carrier)
    turn(carrier, bill(), Ordered(key="again", again="bill-1"))

    first, second = (file.read_bytes() for file in (tmp_path / "outbox").glob("bills-*"))
    assert first == second


def test_garbled_text_goes_out_as_it_is(carrier, tmp_path):
    turn(carrier, Ordered(key="k", raw='invoice;"oops'))

    (file,) = (tmp_path / "outbox").glob("status-*")
    assert file.read_text() == 'invoice;"oops'


@pytest.mark.parametrize("kind", [FaultKind.SILENT, FaultKind.OUTAGE])
def test_a_silent_carrier_says_everything_once_it_is_well(carrier, tmp_path, faults, kind):
    turn(carrier)
    faults.add(Fault(kind=kind))
    turn(carrier, bill())
    quiet = tables(tmp_path, "bills")
    faults.clear()
    turn(carrier)

    assert quiet == []
    assert len(tables(tmp_path, "bills")) == 1


def test_what_it_cannot_read_is_put_aside_and_a_notice_is_kept(carrier, tmp_path):
    (tmp_path / "inbox" / "tenders-x.csv").write_text("Dear Sirs")
    (tmp_path / "inbox" / "notices-x.csv").write_text("invoice\r\n")
    turn(carrier)

    assert [file.name for file in (tmp_path / "state" / "unreadable").iterdir()] == [
        "tenders-x.csv"
    ]
    assert len(carrier.store.rows("SELECT * FROM notice")) == 1
