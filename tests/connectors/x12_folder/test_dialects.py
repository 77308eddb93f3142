"""Three carriers write the same things in three ways of X12; each profile makes them the same."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec import structs

from drawbar.connectors.port import Sending
from drawbar.connectors.registry import open_system, readers_of
from drawbar.freight.charge import ChargeKind
from drawbar.freight.delivery import AckReceived, Confirmed, TenderLoad, TenderPurpose
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillReceived
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind, MilestoneReported
from drawbar.freight.money import Money
from drawbar.freight.order import Goods, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.reference import Reference, ReferenceKind, normalise
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.freight.tender import Answer, TenderAnswered
from drawbar.world.behaviour import Behaviour, Bill, Charge, Lesson, Ordered, Report
from drawbar.world.carrier_edi.carrier import EdiCarrier, EdiSettings
from drawbar.world.turn import Turn

NOW = datetime(2026, 3, 9, 18, 0, tzinfo=UTC)
RECEIPT = Receipt(message_ref="M-1", sender="carrier", learned_at=NOW)


def stop(number: int, purpose: StopPurpose, city: str) -> Stop:
    opens = datetime(2026, 3, 9 + number, 14, tzinfo=UTC)
    place = Place(name="Dock", city=city, region="TX", zone="America/Chicago")
    return Stop(number=number, purpose=purpose, place=place, earliest_at=opens, latest_at=opens)


OFFER = Sending(
    number=7,
    business_key="S-O-1-V1T1:offer",
    stream=StreamKey(StreamKind.SHIPMENT, "S-O-1"),
    payload=TenderLoad(
        tender_ref="S-O-1-V1T1",
        shipment_ref="S-O-1",
        version=1,
        purpose=TenderPurpose.OFFER,
        carrier_ref="WXYZ",
        references=(Reference(ReferenceKind.PO, "PO-1"), Reference(ReferenceKind.BOL, "B-77")),
        stops=(stop(1, StopPurpose.PICKUP, "Dallas"), stop(2, StopPurpose.DELIVERY, "Houston")),
        goods=(Goods(sku="PALLET", pieces=24, weight_lb=Decimal(18000)),),
        equipment="dry van",
        pay=Money(Decimal("2062.50"), "USD"),
    ),
)
PROFILES = {
    "bar": """
        delimiters: {element: "|", component: ">", terminator: "\\n", line_end: ""}
    """,
    "star": """
        delimiters: {element: "*", component: ":", terminator: "~", line_end: ""}
        references_reversed: true
    """,
    "cedar": """
        version: "005010"
        delimiters: {element: "^", component: ":", repetition: "!", terminator: "'", line_end: ""}
        milestones:
          {OA: arrived_pickup, OL: loaded, OD: departed_pickup, ER: in_transit, EE: estimated,
           TA: arrived_delivery, TD: delivered, TX: departed_delivery, TR: attempted, RF: refused,
           LT: delayed, PA: pickup_appointment, DA: delivery_appointment}
        charges:
          {LHS: linehaul, FSC: fuel_surcharge, DTN: detention, LYO: layover, LMP: lumper,
           XST: stop_off, TNU: tonu, RDL: redelivery, RCN: reconsignment, LGT: liftgate,
           RSD: residential, STG: storage, TXS: tax, ALW: linehaul}
        references: {"08": pro, CO: po}
        declines: {C01: CPT, C02: EQU, C03: HOS, C04: WTH}
    """,
}


class Line:
    """The product's end and the carrier's end of two folders."""

    def __init__(self, dialect: str, shared: Path) -> None:
        folders = {"inbox": f"{shared}/in", "outbox": f"{shared}/out", "own": f"{shared}/own"}
        described: dict[str, Any] = {
            "connector": "x12_folder",
            "party_ref": "WXYZ",
            "folders": folders,
            "ours": {"qualifier": "ZZ", "id": "ACME"},
            "theirs": {"qualifier": "02", "id": "WXYZ"},
            "zone": "America/Chicago",
            "stable_seconds": 0,
            **yaml.safe_load(PROFILES[dialect]),
        }
        self.connector = open_system("wxyz", described)
        self.read = readers_of("wxyz", described)["x12:WXYZ"]
        self.dialect, self.outbox, self.inbox = dialect, shared / "out", shared / "in"
        settings = EdiSettings(
            scac="WXYZ",
            inbox=shared / "out",
            outbox=shared / "in",
            state=shared / "carrier",
            dialect=dialect,
        )
        self.carrier = EdiCarrier(settings)

    def offer(self, purpose: TenderPurpose = TenderPurpose.OFFER, number: int = 7) -> None:
        load = structs.replace(OFFER.payload, purpose=purpose)
        key = f"{load.tender_ref}:{purpose.value}"
        sending = structs.replace(OFFER, payload=load, number=number, business_key=key)
        assert isinstance(self.connector.send(sending), Confirmed)

    def turn(self, *told: Ordered, behaviour: Behaviour | None = None) -> Any:
        lessons = (Lesson(behaviour=behaviour),) if behaviour else ()
        return self.carrier.turn(Turn(now=NOW + timedelta(hours=1), lessons=lessons, told=told))

    def heard(self, kind: type[Fact] = Fact) -> list[Any]:
        page = self.connector.changes("inbox", "")
        readings = [self.read(item.body, RECEIPT) for item in page.items]
        self.connector.settled(page)
        assert [problem for reading in readings for problem in reading.problems] == []
        facts = [fact for reading in readings for fact in reading.facts]
        return [fact for fact in facts if isinstance(fact, kind)]


@pytest.fixture(params=PROFILES)
def line(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Line]:
    line = Line(request.param, tmp_path)
    yield line
    line.connector.close()
    line.carrier.store.close()


def accepted(line: Line) -> Line:
    line.offer()
    line.turn(behaviour=Behaviour(pro="123456789"))
    return line


def report(key: str, status: str, at: str, stop: int, **more: Any) -> Ordered:
    told = Report(status=status, at=datetime.fromisoformat(at), stop=stop, zone="CT", **more)
    return Ordered(key=key, ref=OFFER.payload.shipment_ref, report=told)


def billed(**more: Any) -> Ordered:
    codes = {"400": "1650.00", "FUE": "412.50", "DET": "75.00", "LUM": "120.00"}
    charges = tuple(Charge(code=code, amount=Decimal(amount)) for code, amount in codes.items())
    bill = Bill(number="19267", on=date(2026, 3, 20), charges=charges, **more)
    return Ordered(key="bill", ref=OFFER.payload.shipment_ref, bill=bill)


def test_the_carrier_reads_our_load_and_its_answer_is_read_by_us(line):
    line.offer()
    (entry,) = line.turn(behaviour=Behaviour(pro="123456789")).accepted

    (answer,) = line.heard(TenderAnswered)
    assert (answer.answer, answer.carrier_ref) == (Answer.ACCEPTED, "WXYZ")
    assert normalise_pro(answer) == "123456789"
    assert entry["tender"] == OFFER.payload.tender_ref
    assert entry["shipment"] == OFFER.payload.shipment_ref
    assert (entry["pay"], entry["pieces"]) == ("2062.50", 24)
    assert {stop["city"] for stop in entry["stops"]} == {"Dallas", "Houston"}


def normalise_pro(answer: TenderAnswered) -> str:
    return next(
        normalise(name).value for name in answer.references if name.kind is ReferenceKind.PRO
    )


def test_our_file_is_acknowledged(line):
    line.offer()
    line.turn()

    (receipt,) = line.heard(AckReceived)
    assert (receipt.control, receipt.accepted) == ("7", True)


def test_a_decline_has_the_reason_that_we_know_it_by(line):
    line.offer()
    line.turn(behaviour=Behaviour(answer="decline", reason="CPT"))

    (answer,) = line.heard(TenderAnswered)
    assert (answer.answer, answer.reason) == (Answer.DECLINED, "CPT")


def test_a_load_taken_back_is_known_to_be(line):
    accepted(line).offer(TenderPurpose.CANCEL, number=8)

    assert [one["state"] for one in line.turn().accepted] == ["accepted", "cancelled"]


def test_events_are_the_same_milestones_in_every_dialect(line):
    accepted(line).heard()
    line.turn(
        report("a", "X3", "2026-03-10T08:55:00", 1),
        report("b", "AF", "2026-03-10T11:10:00", 1),
        report("c", "D1", "2026-03-12T09:20:00", 2, reason="NS"),
    )

    assert [(one.milestone, one.happened_at) for one in line.heard(MilestoneReported)] == [
        (MilestoneKind.ARRIVED_PICKUP, datetime(2026, 3, 10, 13, 55, tzinfo=UTC)),
        (MilestoneKind.DEPARTED_PICKUP, datetime(2026, 3, 10, 16, 10, tzinfo=UTC)),
        (MilestoneKind.DELIVERED, datetime(2026, 3, 12, 14, 20, tzinfo=UTC)),
    ]


def test_an_appointment_is_one_in_every_dialect(line):
    accepted(line).heard()
    line.turn(report("a", "AB", "2026-03-12T09:00:00", 2, reason="NA"))

    (milestone,) = line.heard(MilestoneReported)
    assert milestone.milestone is MilestoneKind.DELIVERY_APPOINTMENT
    assert milestone.reason == ""


def test_a_bill_is_the_same_bill_in_every_dialect(line):
    accepted(line).heard()
    line.turn(billed(remit_to="FACTOR"))

    bill = line.heard(BillReceived)[0].bill
    assert [(one.kind, one.money.amount) for one in bill.lines] == [
        (ChargeKind.LINEHAUL, Decimal("1650.00")),
        (ChargeKind.FUEL_SURCHARGE, Decimal("412.50")),
        (ChargeKind.DETENTION, Decimal("75.00")),
        (ChargeKind.LUMPER, Decimal("120.00")),
    ]
    assert bill.total == bill.document_total == Money(Decimal("2257.50"), "USD")
    assert (bill.invoice_number, bill.billed_on) == ("19267", date(2026, 3, 20))
    assert bill.remit_to == "FACTOR"
    named = {(name.kind, normalise(name).value) for name in bill.references}
    assert named >= {
        (ReferenceKind.TENDER, "SO1V1T1"),
        (ReferenceKind.PRO, "123456789"),
    }


def test_a_bill_names_what_it_is_told_to_name(line):
    accepted(line).heard()
    line.turn(billed(names={"po": "PO-9", "pro": "555"}))

    bill = line.heard(BillReceived)[0].bill
    assert {(name.kind, name.value) for name in bill.references} == {
        (ReferenceKind.CARRIER_INVOICE, "19267"),
        (ReferenceKind.PO, "PO-9"),
        (ReferenceKind.PRO, "555"),
    }


@pytest.mark.parametrize("line", ["star"], indirect=True)
def test_several_events_of_one_load_may_come_in_one_set(line):
    accepted(line).heard()
    line.turn(
        report("a", "X3", "2026-03-10T08:55:00", 1), report("b", "AF", "2026-03-10T11:10:00", 1)
    )

    assert len(list(line.inbox.iterdir())) == 1
    assert [one.stop for one in line.heard(MilestoneReported)] == [1, 1]


@pytest.mark.parametrize("line", ["cedar"], indirect=True)
def test_we_write_to_a_partner_on_005010_as_it_wants_it(line):
    line.offer()
    (file,) = line.outbox.iterdir()
    text = file.read_text()

    assert text[3] == "^"
    assert text[105] == "'"
    assert (text[82], text[84:89], text[104]) == ("!", "00501", ":")
    assert "^X^005010'" in text
    assert "\n" not in text
