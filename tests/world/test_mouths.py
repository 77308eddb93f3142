"""Whatever the plan has a carrier say arrives at the product as it was meant, over every line."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import msgspec
import pytest

from drawbar.connectors.carrier_api.manifest import Settings as ApiSettings
from drawbar.connectors.carrier_api.tender import tender as api_tender
from drawbar.connectors.line import LineSettings
from drawbar.connectors.port import Sending
from drawbar.connectors.registry import open_system, readers_of
from drawbar.freight.delivery import Confirmed, TenderLoad, TenderPurpose
from drawbar.freight.freight_bill import BillReceived
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneReported, PodReceived
from drawbar.freight.money import Money
from drawbar.freight.order import Goods, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.reading import Problem, Reading
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.freight.tender import TenderAnswered
from drawbar.world.behaviour import Lesson, Ordered
from drawbar.world.carrier_api.carrier import ApiCarrier
from drawbar.world.carrier_api.shape import Tender
from drawbar.world.carrier_csv.carrier import CsvCarrier, CsvSettings
from drawbar.world.carrier_edi.carrier import EdiCarrier, EdiSettings
from drawbar.world.plan import Acceptance, Asked, Plan, behaviour_of, drive, plan_of
from drawbar.world.plan.shape import OrderPlan, Saying
from drawbar.world.truth import BillTruth
from drawbar.world.turn import Turn
from tests.connectors.x12_folder.test_dialects import PROFILES

ASKED = Asked(seed=7, begins_on=date(2026, 3, 2), days=3, loads_per_day=8)
DIALECTS = {"ABCD": "bar", "BLFT": "star", "CDRV": "cedar"}
ENOUGH = 1_000_000
CENTRAL = "America/Chicago"


class Mouth(Protocol):
    """A carrier of the world, and the product's end of the line to it."""

    carrier: Any

    def offer(self, sending: Sending, now: datetime) -> None: ...
    def heard(self) -> list[Reading]: ...


class OverFolders:
    """X12 or tables."""

    def __init__(self, scac: str, shared: Path) -> None:
        mail = {"inbox": shared / "out", "outbox": shared / "in", "state": shared / "carrier"}
        folders = {"inbox": f"{shared}/in", "outbox": f"{shared}/out", "own": f"{shared}/own"}
        described: dict[str, Any] = {"party_ref": scac, "folders": folders, "stable_seconds": 0}
        if scac in DIALECTS:
            self.carrier: Any = EdiCarrier(EdiSettings(scac=scac, dialect=DIALECTS[scac], **mail))
            described |= {"connector": "x12_folder", "ours": {"id": "DRAWBAR3PL"}}
            described |= {"theirs": {"qualifier": "02", "id": scac}}
            described |= _yaml(PROFILES[DIALECTS[scac]])
        else:
            self.carrier = CsvCarrier(CsvSettings(**mail))
            described |= {"connector": "csv_folder"}
        self._connector, self._readers = open_system("it", described), readers_of("it", described)

    def offer(self, sending: Sending, now: datetime) -> None:
        assert isinstance(self._connector.send(sending), Confirmed)

    def heard(self) -> list[Reading]:
        readings: list[Reading] = []
        more = True
        while more:
            page = self._connector.changes("it", "")
            readings += [self._readers[one.channel](one.body, receipt()) for one in page.items]
            self._connector.settled(page)
            more = page.more
        return readings


class OverApi:
    """JSON, its bytes handed over."""

    def __init__(self, scac: str, shared: Path) -> None:
        self.carrier = ApiCarrier(shared)
        line = {"address": "http://carrier.example"}
        described = {"connector": "carrier_api", "line": line, "party_ref": scac}
        self._settings = ApiSettings(system="it", line=LineSettings(**line), party_ref=scac)
        self._read = readers_of("it", described)[f"api:{scac}"]
        self._after = 0

    def offer(self, sending: Sending, now: datetime) -> None:
        wire = msgspec.json.encode(api_tender(sending, self._settings))
        self.carrier.take(msgspec.json.decode(wire, type=Tender), now)

    def heard(self) -> list[Reading]:
        events, self._after = self.carrier.events(self._after, ENOUGH)
        return [self._read(bytes(event), receipt()) for event in events]


def _yaml(text: str) -> dict[str, Any]:
    import yaml

    read: dict[str, Any] = yaml.safe_load(text)
    return read


def receipt() -> Receipt:
    learned_at = datetime(2026, 6, 1, tzinfo=UTC)
    return Receipt(message_ref="M-1", sender="carrier", learned_at=learned_at)


def load_of(order: OrderPlan, carrier: str) -> Sending:
    body, shipment = order.sales_order, f"S-{order.number}"
    stops = tuple(_stop(number, leg) for number, leg in enumerate(body["legs"], start=1))
    names = {ReferenceKind.ORDER: order.number, ReferenceKind.PO: body["customer_po"]}
    names |= {ReferenceKind.BOL: body["bill_of_lading"]}
    load = TenderLoad(
        tender_ref=f"{shipment}-V1T1",
        shipment_ref=shipment,
        version=1,
        purpose=TenderPurpose.OFFER,
        carrier_ref=carrier,
        references=tuple(Reference(kind, value) for kind, value in names.items()),
        stops=stops,
        goods=(Goods(sku="X", pieces=24, weight_lb=Decimal(18000)),),
        equipment="dry van",
        pay=Money(Decimal("1500.00"), "USD"),
    )
    key, stream = f"{load.tender_ref}:offer", StreamKey(StreamKind.SHIPMENT, shipment)
    number = int(order.number.rpartition("-")[2])
    return Sending(number=number, business_key=key, stream=stream, payload=load)


def _stop(number: int, leg: dict[str, Any]) -> Stop:
    address = leg["address"]
    there = ZoneInfo(address["timezone"] or CENTRAL)
    opens, closes = (
        datetime.fromisoformat(leg[name]).replace(tzinfo=there).astimezone(UTC)
        for name in ("window_from", "window_to")
    )
    is_pickup = leg["type"] == "ship_from"
    return Stop(
        number=number,
        purpose=StopPurpose.PICKUP if is_pickup else StopPurpose.DELIVERY,
        place=Place(
            name=address["name"],
            street=address["street"],
            city=address["city"],
            region=address["state"],
            postal_code=address["zip"],
            zone=address["timezone"] or CENTRAL,
        ),
        earliest_at=opens,
        latest_at=closes,
    )


class Said(msgspec.Struct):
    """What one carrier was told to say of all orders, and what the product heard."""

    sayings: list[Saying]
    facts: list[Any]
    problems: list[Problem]

    def of(self, kind: type) -> list[Any]:
        return [fact for fact in self.facts if isinstance(fact, kind)]

    def told(self, what: str) -> list[Saying]:
        return [one for one in self.sayings if what in one.body]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(ASKED)


@pytest.fixture(scope="module", params=["ABCD", "BLFT", "CDRV", "NRTH", "PRHL"])
def said(
    request: pytest.FixtureRequest, plan: Plan, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Said]:
    scac, shared = request.param, tmp_path_factory.mktemp("mouth")
    mouth: Mouth = OverApi(scac, shared) if scac == "NRTH" else OverFolders(scac, shared)
    yield everything_said(plan, scac, mouth)
    mouth.carrier.store.close()


def everything_said(plan: Plan, scac: str, mouth: Mouth) -> Said:
    sayings: list[Saying] = []
    for order in plan.orders:
        behaviour = behaviour_of(plan, order, scac) | {"answer": "accept", "after_minutes": 0}
        lesson = msgspec.convert({"ref": order.number, "behaviour": behaviour}, Lesson)
        mouth.carrier.behaviours.learn_all((lesson,))
        mouth.offer(load_of(order, scac), order.entered_at)
        (row,) = mouth.carrier.turn(
            Turn(now=order.entered_at, after=len(sayings_of(mouth)))
        ).accepted
        names = ("tender", "shipment", "pro", "seq")
        at = datetime.fromisoformat(row["at"])
        accepted = Acceptance(carrier=scac, at=at, **{name: row[name] for name in names})
        sayings += [one for one in drive(plan, order, accepted).sayings if one.mouth == "carrier"]
    readings = mouth.heard()
    for one in sorted(sayings, key=lambda one: one.at):
        told = msgspec.convert({**one.body, "key": one.key}, Ordered)
        turned = mouth.carrier.turn(Turn(now=one.at, told=(told,), after=ENOUGH))
        assert turned.unsaid == ()
    readings += mouth.heard()
    facts = [fact for reading in readings for fact in reading.facts]
    problems = [problem for reading in readings for problem in reading.problems]
    return Said(sayings, facts, problems)


def sayings_of(mouth: Mouth) -> list[Any]:
    return list(mouth.carrier.store.rows("SELECT seq FROM entry"))


def test_every_load_is_accepted_under_its_name_and_pro(said, plan):
    answers = said.of(TenderAnswered)

    assert len(answers) == len(plan.orders)
    assert all(answer.pro for answer in answers)


def test_every_bill_arrives_to_the_cent_line_by_line(said):
    wrong = {one.body["key"] for one in said.told("bill") if not isinstance(one.truth, BillTruth)}
    truths = [one.truth for one in said.told("bill") if isinstance(one.truth, BillTruth)]
    bills = {}
    for fact in said.of(BillReceived):
        bills.setdefault(fact.bill.invoice_number, []).append(fact.bill)

    assert wrong == set()
    for truth in truths:
        alike = [_cents(bill) for bill in bills.get(truth.number, ())]
        assert _stated(truth) in alike, truth


def _cents(bill) -> tuple[Any, ...]:
    cents = [int(line.money.amount * 100) for line in bill.lines]
    return bill.currency, int(bill.total.amount * 100), *cents


def _stated(truth: BillTruth) -> tuple[Any, ...]:
    return truth.currency, truth.billed_cents, *(line.cents for line in truth.lines)


def test_every_report_arrives_at_its_minute(said):
    told = [one.body["report"] for one in said.told("report")]
    known = [one for one in told if one["status"] != "ZQ"]
    heard = said.of(MilestoneReported)
    clocks = [one.local_at or one.happened_at for one in heard]

    assert len({fact.key for fact in heard}) >= len({msgspec.json.encode(one) for one in known})
    assert {clock.minute for clock in clocks} == {
        datetime.fromisoformat(one["at"]).minute for one in known
    }
    local = {one["at"] for one in known if one["zone"] == "LT"}
    assert {f"{one.local_at:%Y-%m-%dT%H:%M:%S}" for one in heard if one.local_at} == local


def test_every_proof_arrives(said):
    assert len(said.of(PodReceived)) == len(said.told("pod"))


def test_nothing_is_a_problem_but_what_is_meant_to_be(said):
    words = ("ZQ", "charge", "no_interchange", "ISA", "headings", "trailer", "event", "GS", "file")

    assert [one for one in said.problems if not any(word in one.cause for word in words)] == []
