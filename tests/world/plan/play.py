"""The whole plan played before the firm's decisions in memory: no clock, no line, no database.

What travels over real sockets in a demo is handed over here as facts; the decisions are the same.
"""

import heapq
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import structs

from drawbar.connectors.erp_rest.manifest import Settings
from drawbar.connectors.erp_rest.order_mapping import read_order
from drawbar.connectors.x12_folder.code_map import CHARGES, MILESTONES
from drawbar.flow.bill_state import BillState
from drawbar.flow.company import Company
from drawbar.freight.charge import ChargeKind
from drawbar.freight.delivery import TenderLoad, TenderPurpose
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillLine, BillReceived, ChargeApproved, FreightBill, Sense
from drawbar.freight.lineage import Lineage, Receipt
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, PodReceived, Source
from drawbar.freight.money import Money, total
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.tender import Answer, TenderAnswered
from drawbar.world.behaviour import Bill, Ordered
from drawbar.world.erp.order import SalesOrder
from drawbar.world.plan import Acceptance, OrderPlan, Plan, Saying, behaviour_of, drive
from drawbar.world.plan.report import ZONE_CODES
from drawbar.world.truth import BillTruth, LoadTruth
from tests.flow.stage import Stage

SEEN = Lineage(message_ref="M-1")
ZONES = {code: zone for zone, code in reversed(ZONE_CODES.items())}
USUAL = ("tender", "pro", "bol")
PLACES = {
    ("entered", True): MilestoneKind.ARRIVED_PICKUP,
    ("left", True): MilestoneKind.DEPARTED_PICKUP,
    ("entered", False): MilestoneKind.ARRIVED_DELIVERY,
    ("left", False): MilestoneKind.DEPARTED_DELIVERY,
}


class Play:
    """One run. ``loads`` and ``said`` are what a truth file would hold."""

    def __init__(self, plan: Plan, company: Company) -> None:
        policy = structs.replace(company.policy, wms="")
        self.plan, self.stage = plan, Stage(structs.replace(company, policy=policy))
        self.orders = {order.number: order for order in plan.orders}
        self.agenda: list[tuple[datetime, int, str, Any]] = []
        self.loads: dict[tuple[str, str], LoadTruth] = {}
        self.said: list[BillTruth] = []
        self._turn, self._seen = 0, 0
        self._planned: dict[str, int] = {}
        self._keys: set[str] = set()

    def go(self, until: datetime) -> None:
        """Play everything up to an instant."""
        for order in self.plan.orders:
            self._at(order.entered_at, "order", (order, 1, order.sales_order, "open"))
            for n, change in enumerate(order.revisions, start=2):
                self._at(change.at, "order", (order, n, change.sales_order, "open"))
            if order.cancelled_at:
                self._at(order.cancelled_at, "order", (order, 9, order.sales_order, "cancelled"))
        while self.agenda and self.agenda[0][0] <= until:
            at, _, what, subject = heapq.heappop(self.agenda)
            self.stage.pass_time(at)
            self._offered(at)
            getattr(self, f"_{what}")(at, subject)
            self._offered(at)
        self.stage.pass_time(until)

    def vouchered(self) -> dict[str, Decimal]:
        """Return what the firm pays by the bill's own key."""
        states = (one for one in self.stage.states.values() if isinstance(one, BillState))
        return {one.bill.bill_ref: one.payable.amount for one in states}

    def status(self, key: str) -> BillState:
        state = self.stage.bill(key)
        assert isinstance(state, BillState)
        return state

    def _at(self, at: datetime, what: str, subject: Any) -> None:
        self._turn += 1
        heapq.heappush(self.agenda, (at, self._turn, what, subject))

    def _order(self, at: datetime, subject: tuple[OrderPlan, int, dict[str, Any], str]) -> None:
        order, revision, body, state = subject
        row = {
            "number": order.number,
            "revision": revision,
            "state": state,
            "stamp": at.isoformat(),
        }
        receipt = Receipt(message_ref="M-1", sender="erp", learned_at=at)
        kept = msgspec.convert(body, SalesOrder, strict=False)
        text = msgspec.json.encode({**row, "order": kept})
        self.stage.learn(*read_order(text, receipt, ERP).facts)

    def _offered(self, at: datetime) -> None:
        """Let carriers think about what they were asked since."""
        news, self._seen = self.stage.deliveries[self._seen :], len(self.stage.deliveries)
        for one in news:
            load = one.payload
            if isinstance(load, TenderLoad) and load.purpose is not TenderPurpose.CANCEL:
                order = self.orders[
                    next(r.value for r in load.references if r.value in self.orders)
                ]
                told = behaviour_of(self.plan, order, load.carrier_ref)
                if told["answer"] != "silent":
                    due = at + timedelta(minutes=told["after_minutes"])
                    self._at(due, "answer", (order, load, told))

    def _answer(self, at: datetime, subject: tuple[OrderPlan, TenderLoad, dict[str, Any]]) -> None:
        order, load, told = subject
        accepts = told["answer"] == "accept"
        self.stage.learn(
            TenderAnswered(
                key=f"answer:{load.tender_ref}:{load.carrier_ref}:{load.version}",
                carrier_ref=load.carrier_ref,
                references=(Reference(ReferenceKind.TENDER, load.tender_ref),),
                answer=Answer.ACCEPTED if accepts else Answer.DECLINED,
                pro=told["pro"] if accepts else "",
                **_when(at),
            )
        )
        if accepts:
            self._driven(at, order, load, told["pro"])

    def _driven(self, at: datetime, order: OrderPlan, load: TenderLoad, pro: str) -> None:
        acceptance = Acceptance(
            carrier=load.carrier_ref,
            tender=load.tender_ref,
            shipment=load.shipment_ref,
            pro=pro,
            at=at,
            seq=self._turn,
        )
        told = drive(self.plan, order, acceptance)
        self.loads[order.number, load.carrier_ref] = told.truth
        name = f"{load.carrier_ref}/{load.tender_ref}"
        self._planned[name] = self._planned.get(name, 0) + 1
        for saying in told.sayings:
            self._at(saying.at, "say", (saying, acceptance, order, name, self._planned[name]))

    def _say(self, at: datetime, subject: tuple[Saying, Acceptance, OrderPlan, str, int]) -> None:
        saying, acceptance, order, name, version = subject
        if saying.key in self._keys or self._planned[name] != version:
            return
        self._keys.add(saying.key)
        if isinstance(saying.truth, BillTruth):
            self.said.append(saying.truth)
        fact = _fact(saying, acceptance, order, at)
        if fact is not None:
            self.stage.learn(fact)


ERP = msgspec.convert(
    {
        "system": "erp",
        "zone": "America/Chicago",
        "line": {"address": "http://127.0.0.1:1", "secret_env": "X"},
    },
    Settings,
)


def _when(at: datetime, happened_at: datetime | None = None) -> dict[str, Any]:
    return {"happened_at": happened_at or at, "learned_at": at, "lineage": SEEN}


def _fact(saying: Saying, acceptance: Acceptance, order: OrderPlan, at: datetime) -> Fact | None:
    body = saying.body
    if saying.mouth == "telematics":
        return _located(saying.key, body, at)
    if saying.mouth == "desk":
        return _paper(saying.key, body, at)
    told = msgspec.convert(body, Ordered, strict=False)
    if told.report and told.report.status in MILESTONES:
        return _milestone(saying.key, told, acceptance, at)
    if told.pod:
        names = (Reference(ReferenceKind.TENDER, acceptance.tender),)
        return _pod(saying.key, msgspec.to_builtins(told.pod), names, at, at)
    if told.bill:
        return _bill(saying.key, told.bill, acceptance, order, at)
    return None


def _milestone(key: str, told: Ordered, acceptance: Acceptance, at: datetime) -> MilestoneReported:
    report = told.report
    assert report is not None
    assert report.at is not None
    zone = ZONES.get(report.zone)
    local = None if zone else report.at
    happened = report.at.replace(tzinfo=ZoneInfo(zone) if zone else UTC).astimezone(UTC)
    return MilestoneReported(
        key=key,
        references=(Reference(ReferenceKind.TENDER, acceptance.tender),),
        milestone=MILESTONES[report.status],
        source=Source.CARRIER,
        reported_by=acceptance.carrier,
        stop=report.stop,
        local_at=local,
        **_when(at, happened),
    )


def _located(key: str, body: Mapping[str, Any], at: datetime) -> MilestoneReported | None:
    if body["kind"] == "position":
        return None
    return MilestoneReported(
        key=key,
        references=(Reference(ReferenceKind.SHIPMENT, body["load"]),),
        milestone=PLACES[body["kind"], body["stop"] == 1],
        source=Source.GEOFENCE,
        reported_by="roadsense",
        stop=body["stop"],
        **_when(at, datetime.fromisoformat(body["at"])),
    )


def _paper(key: str, body: Mapping[str, Any], at: datetime) -> Fact:
    paper = body["body"]
    if body["path"] == "/v1/pods":
        names = tuple(Reference(ReferenceKind(r["kind"]), r["value"]) for r in paper["references"])
        return _pod(key, paper, names, at, datetime.fromisoformat(paper["delivered_at"]))
    return ChargeApproved(
        key=key,
        shipment_ref=paper["shipment_ref"],
        kind=ChargeKind(paper["kind"]),
        money=Money(Decimal(paper["money"]["amount"]), "USD"),
        stop=paper["stop"],
        approved_by="desk",
        role="admin",
        reason=paper["reason"],
        **_when(at),
    )


def _pod(
    key: str,
    paper: Mapping[str, Any],
    names: tuple[Reference, ...],
    at: datetime,
    happened_at: datetime,
) -> PodReceived:
    signed_on = datetime.fromisoformat(str(paper["signed_on"])).date()
    return PodReceived(
        key=key,
        references=names,
        signer=paper["signer"],
        signed_on=signed_on,
        pieces=paper.get("pieces"),
        legible=paper.get("legible", True),
        **_when(at, happened_at),
    )


def _bill(
    key: str, told: Bill, acceptance: Acceptance, order: OrderPlan, at: datetime
) -> BillReceived:
    lines = tuple(
        BillLine(
            number=n,
            kind=CHARGES.get(one.code, ChargeKind.OTHER),
            sense=Sense.UNDERSTOOD if one.code in CHARGES else Sense.UNKNOWN,
            money=Money(one.amount, told.currency),
            code=one.code,
            text=one.text,
        )
        for n, one in enumerate(told.billed, start=1)
    )
    summed = total((line.money for line in lines), currency=told.currency)
    bill = FreightBill(
        bill_ref=key,
        carrier_ref=acceptance.carrier,
        invoice_number=told.number,
        billed_on=told.on,
        currency=told.currency,
        references=_names(told, acceptance, order),
        lines=lines,
        total=summed if told.total is None else Money(told.total, told.currency),
        remit_to=told.remit_to,
    )
    return BillReceived(key=key, bill=bill, **_when(at))


def _names(told: Bill, acceptance: Acceptance, order: OrderPlan) -> tuple[Reference, ...]:
    own = {
        "tender": acceptance.tender,
        "shipment": acceptance.shipment,
        "pro": acceptance.pro,
        "bol": order.sales_order["bill_of_lading"],
        "po": order.sales_order["customer_po"],
    }
    wanted = dict.fromkeys(USUAL, "") if told.names is None else told.names
    return tuple(
        Reference(
            ReferenceKind(kind), value or own[kind], acceptance.carrier if kind == "pro" else ""
        )
        for kind, value in wanted.items()
    )
