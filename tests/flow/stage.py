"""A stage for the flow: facts go in, decisions are kept in dictionaries, nothing is written.

It does in memory what the engine does on Postgres, so that a rule of the flow is tested in
milliseconds; that the engine does the same on Postgres is what the journeys test.
"""

from collections import deque
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from msgspec import structs

from drawbar.cli.company.folder import load_company
from drawbar.flow.company import Company
from drawbar.flow.decision import Deadline, Decision, Known, Park
from drawbar.flow.period import PeriodState
from drawbar.flow.run import FreightRun
from drawbar.freight.case import Case, CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.delivery import Delivery
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillLine, BillReceived, FreightBill
from drawbar.freight.ledger import Account, Entry
from drawbar.freight.lineage import Lineage
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, PodReceived, Source
from drawbar.freight.money import Money, total
from drawbar.freight.order import Goods, Order, OrderReleased, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.reference import Reference, ReferenceKey, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.freight.tender import Answer, TenderAnswered
from drawbar.freight.terms import ClaimCandidate

ACME = Path(__file__).resolve().parents[2] / "src" / "drawbar" / "cli" / "acme"
MONDAY = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)  # 09:00 in Dallas and Chicago
SEEN = Lineage(message_ref="M-260309-TEST")


@cache
def example() -> Company:
    """Read the example firm once: a firm is never changed, only replaced."""
    return load_company(ACME).company


def acme(**policy: object) -> Company:
    """Return the example firm, without a warehouse unless the test asks for one."""
    company = example()
    changed = structs.replace(company.policy, **({"wms": ""} | policy))
    return structs.replace(company, policy=changed)


class Stage:
    """One firm in memory: what is known, and everything that was decided so far."""

    def __init__(self, company: Company | None = None) -> None:
        self.run = FreightRun(company or acme())
        self.states: dict[StreamKey, object] = {}
        self.periods: dict[StreamKey, PeriodState] = {}
        self.names: dict[ReferenceKey, set[StreamKey]] = {}
        self.keys: set[str] = set()
        self.entries: list[Entry] = []
        self.deliveries: list[Delivery] = []
        self.business: set[tuple[str, str]] = set()
        self.cases: dict[tuple[CaseKind, StreamKey | None, str], Case] = {}
        self.parked: list[tuple[Fact, Park]] = []
        self.deadlines: dict[tuple[StreamKey, str], Deadline] = {}
        self.notes: list[tuple[StreamKey, str]] = []
        self.candidates: list[ClaimCandidate] = []

    def learn(self, *facts: Fact) -> None:
        """Take facts in, and everything that follows from them."""
        waiting = deque(facts)
        while waiting:
            fact = waiting.popleft()
            if fact.key in self.keys:
                continue
            self.keys.add(fact.key)
            waiting.extend(self._apply(fact))

    def pass_time(self, until: datetime) -> None:
        """Let deadlines and patience end, in their order."""
        while due := self._next_due(until):
            moment, fact = due
            self.learn(structs.replace(fact, learned_at=moment, happened_at=moment))

    def state(self, kind: StreamKind, ref: str) -> object:
        return self.states[StreamKey(kind, ref)]

    def shipment(self, ref: str) -> object:
        return self.state(StreamKind.SHIPMENT, ref)

    def bill(self, ref: str) -> object:
        return self.state(StreamKind.FREIGHT_BILL, ref)

    def open_cases(self) -> set[CaseKind]:
        return {kind for kind, _, _ in self.cases}

    def balance(self, account: Account, currency: str = "USD") -> Decimal:
        lines = (line for entry in self.entries for line in entry.lines)
        alike = [line.money for line in lines if line.account is account]
        return total(alike, currency=currency).amount

    def sent(self, kind: str) -> list[Delivery]:
        return [one for one in self.deliveries if type(one.payload).__name__ == kind]

    def _next_due(self, until: datetime) -> tuple[datetime, Fact] | None:
        due = ((one.due_at, key) for key, one in self.deadlines.items() if one.due_at <= until)
        if first := min(due, default=None):
            moment, key = first
            return moment, self.deadlines.pop(key).fact
        for place, (_, park) in enumerate(self.parked):
            if park.until <= until:
                del self.parked[place]
                return park.until, park.expired
        return None

    def _apply(self, fact: Fact) -> list[Fact]:
        needs = self.run.needs(fact)
        found = {key: tuple(sorted(self.names.get(key, ()))) for key in needs.found_by}
        named = (one for some in found.values() for one in some)
        streams = {*needs.streams, *needs.reads, *named}
        states = {key: self.states[key] for key in streams if key in self.states}
        known = Known(states=states, found=found, open_from=self._open_from())
        decision = self.run.decide(fact, known)
        return [*decision.follows, *self._keep(fact, decision)]

    def _open_from(self) -> date | None:
        closed = (one for one in self.periods.values() if one.status == "closed")
        return max((one.open_from for one in closed), default=None)

    def _keep(self, fact: Fact, decision: Decision) -> list[Fact]:
        self.states |= decision.states
        for key, state in decision.states.items():
            self.run.board(key, state)
            if isinstance(state, PeriodState):
                self.periods[key] = state
        self.entries += decision.entries
        for one in decision.deliveries:
            key = one.system, one.business_key
            assert key not in self.business, f"{one.system} has another delivery under {key[1]}"
            self.business.add(key)
        self.deliveries += decision.deliveries
        self.notes += decision.notes
        self.candidates += decision.candidates
        for one in decision.settled:
            self.cases.pop((one.kind, one.subject, one.item), None)
        for case in decision.cases:
            self.cases[case.kind, case.subject, case.item] = case
        for deadline in decision.deadlines:
            self.deadlines[deadline.stream, deadline.name] = deadline
        for over in decision.cleared:
            self.deadlines.pop((over.stream, over.name), None)
        if decision.park:
            self.parked.append((fact, decision.park))
        return self._woken(decision)

    def _woken(self, decision: Decision) -> list[Fact]:
        new = set()
        for naming in decision.names:
            bearers = self.names.setdefault(naming.key, set())
            new |= set() if naming.stream in bearers else {naming.key}
            bearers.add(naming.stream)
        woken = [fact for fact, park in self.parked if new & set(park.waits_for)]
        self.parked = [one for one in self.parked if not new & set(one[1].waits_for)]
        self.keys -= {fact.key for fact in woken}
        return woken


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def place(name: str, city: str, region: str, code: str, zone: str) -> Place:
    return Place(
        name=name, street="1 Dock Road", city=city, region=region, postal_code=code, zone=zone
    )


DALLAS = place("Globex Dallas", "Dallas", "TX", "75201", "America/Chicago")
CHICAGO = place("Lakeside DC", "Chicago", "IL", "60601", "America/Chicago")


def order(ref: str = "1001", *, customer: str = "GLOBEX", **changes: object) -> Order:
    """Two days from Dallas to Chicago: 1,650.00 + fuel 412.50 with ABCD."""
    pickup, delivery = MONDAY + timedelta(hours=1), MONDAY + timedelta(days=2)
    plain = Order(
        order_ref=ref,
        customer_ref=customer,
        references=(
            Reference(ReferenceKind.PO, f"PO-{ref}"),
            Reference(ReferenceKind.BOL, f"BOL-{ref}"),
        ),
        stops=(
            Stop(
                number=1,
                purpose=StopPurpose.PICKUP,
                place=DALLAS,
                earliest_at=pickup,
                latest_at=pickup + timedelta(hours=4),
                appointment_at=pickup,
            ),
            Stop(
                number=2,
                purpose=StopPurpose.DELIVERY,
                place=CHICAGO,
                earliest_at=delivery,
                latest_at=delivery + timedelta(hours=4),
                appointment_at=delivery,
            ),
        ),
        goods=(Goods(sku="PUMP", pieces=24, weight_lb=Decimal(18000), unit_value=usd("145.00")),),
    )
    return structs.replace(plain, **changes)


def when(minutes: float = 0) -> dict[str, object]:
    moment = MONDAY + timedelta(minutes=minutes)
    return {"happened_at": moment, "learned_at": moment, "lineage": SEEN}


def released(placed: Order | None = None, *, at: float = -600) -> OrderReleased:
    placed = placed or order()
    return OrderReleased(key=f"released:{placed.order_ref}", order=placed, **when(at))


def answered(
    tender: str, answer: Answer = Answer.ACCEPTED, *, carrier: str = "ABCD", at: float = -590
) -> TenderAnswered:
    return TenderAnswered(
        key=f"answer:{tender}:{carrier}:{answer.value}:{at}",
        carrier_ref=carrier,
        references=(Reference(ReferenceKind.TENDER, tender),),
        answer=answer,
        **when(at),
    )


def milestone(
    kind: MilestoneKind, at: float, *, ref: str = "S-1001", known: float | None = None
) -> MilestoneReported:
    times = when(at) | {"learned_at": when(at if known is None else known)["learned_at"]}
    return MilestoneReported(
        key=f"{ref}:{kind.value}:{at}",
        references=(Reference(ReferenceKind.SHIPMENT, ref),),
        milestone=kind,
        source=Source.CARRIER,
        reported_by="ABCD",
        **times,
    )


def pod(ref: str = "S-1001", *, at: float = 3000, **changes: object) -> PodReceived:
    plain = PodReceived(
        key=f"pod:{ref}:{at}",
        references=(Reference(ReferenceKind.SHIPMENT, ref),),
        signer="R. Diaz",
        signed_on=MONDAY.date() + timedelta(days=2),
        pieces=24,
        **when(at),
    )
    return structs.replace(plain, **changes)


def line(number: int, kind: ChargeKind, amount: str, *, stop: int = 0) -> BillLine:
    return BillLine(number=number, kind=kind, money=usd(amount), stop=stop)


def bill(
    *lines: tuple[ChargeKind, str],
    ref: str = "B-1",
    number: str = "19267",
    at: float = 4000,
    references: tuple[Reference, ...] = (Reference(ReferenceKind.SHIPMENT, "S-1001"),),
    **changes: object,
) -> BillReceived:
    billed = tuple(line(n, kind, amount) for n, (kind, amount) in enumerate(lines, start=1))
    plain = FreightBill(
        bill_ref=ref,
        carrier_ref="ABCD",
        invoice_number=number,
        billed_on=MONDAY.date(),
        currency="USD",
        references=references,
        lines=billed,
        total=total((one.money for one in billed), currency="USD"),
    )
    return BillReceived(key=f"bill:{ref}", bill=structs.replace(plain, **changes), **when(at))


def driven(ref: str = "S-1001", *, dwell: float = 95) -> tuple[Fact, ...]:
    """Return a run in time to the delivery, five minutes late there, left after ``dwell``."""
    arrival = 2 * 24 * 60 + 5
    return (
        milestone(MilestoneKind.ARRIVED_PICKUP, 50, ref=ref),
        milestone(MilestoneKind.DEPARTED_PICKUP, 120, ref=ref),
        milestone(MilestoneKind.ARRIVED_DELIVERY, arrival, ref=ref),
        milestone(MilestoneKind.DELIVERED, arrival + dwell, ref=ref),
        pod(ref),
    )
