"""What holds for every carrier, over X12 or an API: one load, one answer, each event once."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec import Struct, structs

from drawbar.connectors.port import Connector, Sending
from drawbar.connectors.reading import Reader
from drawbar.connectors.registry import open_system, readers_of
from drawbar.freight.charge import ChargeKind
from drawbar.freight.delivery import AckReceived, Confirmed, Existing, TenderPurpose
from drawbar.freight.freight_bill import BillReceived
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, PodReceived
from drawbar.freight.money import Money
from drawbar.freight.tender import Answer, TenderAnswered
from tests.connectors.conformance.carriers import CARRIERS, described_as, param

pytestmark = pytest.mark.system

NOW = datetime(2026, 3, 9, 18, 0, tzinfo=UTC)
RECEIPT = Receipt(message_ref="M-1", sender="carrier", learned_at=NOW)
REPORTS = [
    {"status": "X3", "stop": 1, "at": "2026-03-10T08:55:00", "zone": "CT"},
    {"status": "AF", "stop": 1, "at": "2026-03-10T11:10:00", "zone": "CT"},
]
BILL = {
    "number": "19267",
    "on": "2026-03-20",
    "charges": [
        {"code": "400", "amount": "1650.00"},
        {"code": "FUE", "amount": "412.50", "text": "fuel"},
    ],
}


class Carrier(Struct):
    """A carrier at the other end, and what came from it so far."""

    connector: Connector
    readers: dict[str, Reader]
    far: Any
    sending: Sending
    codes: dict[str, str]
    cursor: str = ""
    numbers: int = 0

    @property
    def shipment(self) -> str:
        return self.sending.payload.shipment_ref

    def behave(self, **behaviour: Any) -> None:
        lesson = {"ref": self.shipment, "behaviour": behaviour}
        self.far.ask("POST", "/control/behaviour", lesson)

    def act(self, minutes: int = 0) -> None:
        now = NOW + timedelta(minutes=minutes)
        self.far.ask("POST", "/control/act", {"now": now.isoformat()})

    def tell(self, **said: Any) -> None:
        self.far.ask(
            "POST", "/control/tell", {"ref": self.shipment, "now": NOW.isoformat(), **said}
        )

    def readings(self) -> list[Any]:
        """Read what came, send what we owe for it, and put it away."""
        flow = self.connector.capabilities().flows[0]
        page = self.connector.changes(flow, self.cursor)
        readings = [self.readers[item.channel](item.body, RECEIPT) for item in page.items]
        self.connector.settled(page)
        self.cursor = page.cursor
        for reply in (reply for reading in readings for reply in reading.replies):
            self.numbers += 1
            owed = Sending(
                number=self.sending.number * 1000 + self.numbers,
                business_key=reply.business_key,
                stream=reply.stream,
                payload=reply.payload,
            )
            assert isinstance(self.connector.send(owed), Confirmed)
        return readings

    def facts(self, kind: type) -> list[Any]:
        facts = [fact for reading in self.readings() for fact in reading.facts]
        return [fact for fact in facts if isinstance(fact, kind)]


@pytest.fixture(params=[param(name) for name in CARRIERS])
def carrier(
    request: pytest.FixtureRequest,
    folder_carriers: Callable[..., Any],
    small: Callable[[str], Any],
    load: Callable[[int], Any],
    number: int,
) -> Iterator[Carrier]:
    far, described = described_as(request, folder_carriers, small)
    codes = {"unknown": CARRIERS[request.param][1]}
    carrier = Carrier(
        connector=open_system("carrier", described),
        readers=dict(readers_of("carrier", described)),
        far=far,
        sending=load(number),
        codes=codes,
    )
    far.ask("POST", "/control/clock", {"now": NOW.isoformat()})
    carrier.readings()  # what other tests left behind
    yield carrier
    carrier.connector.close()


def test_a_load_reaches_the_carrier_once_however_often_we_try(carrier):
    first = carrier.connector.send(carrier.sending)
    again = carrier.connector.send(structs.replace(carrier.sending, attempt=2))
    carrier.act()

    assert isinstance(first, Confirmed)
    assert isinstance(again, Existing)
    assert again.document == first.document
    assert len(carrier.facts(TenderAnswered)) == 1


def test_an_acceptance_names_our_tender_and_the_carriers_pro(carrier):
    carrier.behave(answer="accept", pro="123456789")
    carrier.connector.send(carrier.sending)
    carrier.act()

    (answer,) = carrier.facts(TenderAnswered)

    assert (answer.answer, answer.pro.replace("-", "")) == (Answer.ACCEPTED, "123456789")
    assert carrier.sending.payload.tender_ref in {name.value for name in answer.references}
    assert answer.carrier_ref == "ABCD"


def test_a_decline_has_its_reason(carrier):
    carrier.behave(answer="decline", reason="CPT")
    carrier.connector.send(carrier.sending)
    carrier.act()

    (answer,) = carrier.facts(TenderAnswered)

    assert (answer.answer, answer.reason) == (Answer.DECLINED, "CPT")


def test_silence_is_no_answer(carrier):
    carrier.behave(answer="silent")
    carrier.connector.send(carrier.sending)
    carrier.act(minutes=600)

    assert carrier.facts(TenderAnswered) == []


def test_a_late_answer_comes_late(carrier):
    carrier.behave(answer="accept", after_minutes=90)
    carrier.connector.send(carrier.sending)
    carrier.act(minutes=0)
    early = carrier.facts(TenderAnswered)
    carrier.act(minutes=91)

    assert early == []
    assert len(carrier.facts(TenderAnswered)) == 1


def test_what_was_taken_back_is_not_answered_any_more(carrier):
    carrier.behave(answer="accept", after_minutes=90)
    carrier.connector.send(carrier.sending)
    carrier.act()
    payload = structs.replace(carrier.sending.payload, purpose=TenderPurpose.CANCEL)
    cancelled = structs.replace(
        carrier.sending,
        number=carrier.sending.number + 1,
        business_key=f"{payload.tender_ref}:cancel",
        payload=payload,
    )

    assert isinstance(carrier.connector.send(cancelled), Confirmed)
    carrier.act(minutes=1)
    carrier.act(minutes=91)
    assert carrier.facts(TenderAnswered) == []


def test_events_arrive_each_at_its_own_instant(carrier):
    carrier.behave(reports=REPORTS)
    carrier.connector.send(carrier.sending)
    carrier.act()
    carrier.act()

    milestones = carrier.facts(MilestoneReported)

    assert [(one.milestone, one.happened_at) for one in milestones] == [
        (MilestoneKind.ARRIVED_PICKUP, datetime(2026, 3, 10, 13, 55, tzinfo=UTC)),
        (MilestoneKind.DEPARTED_PICKUP, datetime(2026, 3, 10, 16, 10, tzinfo=UTC)),
    ]
    assert {name.value for name in milestones[0].references} >= {carrier.shipment}


def test_a_clock_without_a_zone_stays_a_clock_on_a_wall(carrier):
    carrier.connector.send(carrier.sending)
    carrier.act()
    carrier.readings()
    carrier.tell(report={"status": "X3", "at": "2026-03-10T08:55:00", "zone": "LT"})

    (milestone,) = carrier.facts(MilestoneReported)

    assert milestone.local_at == datetime(2026, 3, 10, 8, 55)  # noqa: DTZ001


def test_a_bill_says_every_line_and_the_total(carrier):
    carrier.behave(bill=BILL)
    carrier.connector.send(carrier.sending)
    carrier.act()
    carrier.act()

    (received,) = carrier.facts(BillReceived)
    bill = received.bill

    assert (bill.invoice_number, bill.billed_on) == ("19267", date(2026, 3, 20))
    assert [(line.kind, line.money.amount) for line in bill.lines] == [
        (ChargeKind.LINEHAUL, Decimal("1650.00")),
        (ChargeKind.FUEL_SURCHARGE, Decimal("412.50")),
    ]
    assert bill.total == bill.document_total == Money(Decimal("2062.50"), "USD")
    assert carrier.sending.payload.tender_ref in {name.value for name in bill.references}


def test_an_unknown_code_is_one_mapping_entry_away_and_holds_nothing_back(carrier):
    carrier.connector.send(carrier.sending)
    carrier.act()
    carrier.readings()
    for status in ("Q9", "X1"):
        carrier.tell(report={"status": status, "at": "2026-03-10T08:55:00", "zone": "CT"})

    readings = carrier.readings()

    assert [p.cause for reading in readings for p in reading.problems] == [carrier.codes["unknown"]]
    assert sum(len(reading.facts) for reading in readings) == 1


def test_what_was_read_and_not_kept_is_read_again_under_the_same_key(carrier):
    carrier.connector.send(carrier.sending)
    carrier.act()
    flow = carrier.connector.capabilities().flows[0]
    first = carrier.connector.changes(flow, carrier.cursor)
    second = carrier.connector.changes(flow, carrier.cursor)

    assert [item.key for item in first.items] == [item.key for item in second.items]
    assert first.items


def test_a_carrier_that_dies_after_its_yes_has_said_it_once(carrier):
    carrier.connector.send(carrier.sending)
    carrier.act()
    carrier.far.kill()
    carrier.far.start()
    carrier.act()

    assert len({fact.key for fact in carrier.facts(TenderAnswered)}) == 1


@pytest.mark.parametrize(
    "carrier", [param(name) for name in ("x12", "star", "cedar", "x12-sftp")], indirect=True
)
def test_over_x12_both_sides_acknowledge(carrier):
    outcome = carrier.connector.send(carrier.sending)
    carrier.act()

    (receipt,) = carrier.facts(AckReceived)
    carrier.act()
    said = carrier.far.ask("GET", "/said")["said"]
    ours = [one for one in said if one["load"] == carrier.sending.payload.tender_ref]

    assert (receipt.control, receipt.accepted) == (outcome.document, True)
    assert [(one["code"], one["is_acknowledged"]) for one in ours] == [("997", 0), ("990", 1)]


@pytest.mark.parametrize("carrier", [param("edifact")], indirect=True)
def test_over_edifact_both_sides_acknowledge(carrier):
    outcome = carrier.connector.send(carrier.sending)
    carrier.act()

    (receipt,) = carrier.facts(AckReceived)
    carrier.act()
    said = carrier.far.ask("GET", "/said")["said"]
    ours = [one for one in said if one["load"] == carrier.sending.payload.tender_ref]

    assert (receipt.control, receipt.accepted) == (outcome.document, True)
    assert [one["is_acknowledged"] for one in ours] == [0, 1]


@pytest.mark.parametrize(
    "carrier", [param(name) for name in ("api", "csv", "csv-sftp")], indirect=True
)
def test_a_proof_of_delivery_says_who_signed(carrier):
    pod = {"signer": "J. DOE", "signed_on": "2026-03-12", "pieces": 22, "notes": "2 short"}
    carrier.behave(pod=pod)
    carrier.connector.send(carrier.sending)
    carrier.act()
    carrier.act()

    (proof,) = carrier.facts(PodReceived)

    assert (proof.signer, proof.pieces, proof.notes) == ("J. DOE", 22, "2 short")
    assert proof.signed_on == date(2026, 3, 12)


def test_a_turn_is_answered_with_what_the_carrier_accepted(carrier):
    carrier.behave(answer="accept", pro="123456789")
    carrier.connector.send(carrier.sending)
    tender = carrier.sending.payload.tender_ref
    report = {"status": "X3", "at": "2026-03-10T08:55:00", "zone": "CT"}
    told = [{"key": f"{tender}/arrived", "ref": tender, "report": report}]
    turn = {"now": NOW.isoformat(), "lessons": [], "after": 0}
    accepted = carrier.far.ask("POST", "/control/turn", turn)["accepted"]
    for _ in range(2):
        carrier.far.ask("POST", "/control/turn", turn | {"told": told})

    (ours,) = [one for one in accepted if one["tender"] == tender]
    assert (ours["state"], ours["pro"], ours["pay"]) == ("accepted", "123456789", "2062.50")
    assert [stop["purpose"] for stop in ours["stops"]] == ["pickup", "delivery"]
    assert len(carrier.facts(MilestoneReported)) == 1


@pytest.mark.parametrize(
    "carrier",
    [param(name) for name in ("x12", "edifact", "csv", "x12-sftp", "csv-sftp")],
    indirect=True,
)
def test_a_carrier_over_folders_falls_silent_until_it_is_well(carrier):
    carrier.far.fault("silent")
    carrier.connector.send(carrier.sending)
    carrier.act()
    quiet = carrier.readings()
    carrier.far.recover()
    carrier.act()

    assert quiet == []
    assert len(carrier.facts(TenderAnswered)) == 1
