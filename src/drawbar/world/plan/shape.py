"""What a run of the world asks for, what is planned, and what is said of it: the plan's vocabulary.

Everything is frozen and of plain values; amounts are integer cents, instants are UTC.
"""

from datetime import date
from typing import Any, Literal

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.world.plan.agreement import Agreement
from drawbar.world.truth import BillTruth, FaultTruth, LoadTruth, OrderTruth, ProofTruth

VERSION = "3"
"""Raise it whenever the same question gets another answer: same seed and version, same bytes."""

WRONG_PER_MILLE = 150
"""Of a thousand loads, unless a run asks for another share."""

Json = dict[str, Any]
Mouth = Literal["carrier", "telematics", "desk"]


class Asked(Struct, frozen=True, kw_only=True):
    """What a run asks for. ``loads_per_day`` is the mean over weekdays and weekends.

    ``wrong_per_mille`` says on how many of a thousand loads something is wrong with a bill.
    """

    seed: int
    begins_on: date
    days: int
    loads_per_day: int
    wrong_per_mille: int = WRONG_PER_MILLE


class CustomerPlan(Struct, frozen=True, kw_only=True):
    """A customer, what it pays, and how many of a thousand orders are its own."""

    ref: str
    name: str
    sku: str
    per_mille: int
    credit_limit: int
    payment_days: int
    strict: bool
    sells: Agreement


class CarrierPlan(Struct, frozen=True, kw_only=True):
    """A carrier and its two agreements: ``old`` ended before anything of the run happened."""

    ref: str
    agreement: Agreement
    old: Agreement


class StopPlan(Struct, frozen=True, kw_only=True):
    """One stop: where (a metro's key), in which zone, and when the truck is due."""

    number: int
    metro: str
    zone: str
    due_at: Instant


class Revision(Struct, frozen=True, kw_only=True):
    """An order changed in the ERP at ``at``; ``sales_order`` is the whole order again."""

    at: Instant
    sales_order: Json
    route: tuple[StopPlan, ...]
    what: str


class OrderPlan(Struct, frozen=True, kw_only=True):
    """One order as it will be entered, changed, perhaps cancelled.

    ``lot`` is the kind of bill that its load will get, ``proof`` that of its proof of delivery,
    ``noise`` that of its events; ``mates`` are orders that its bill has to do with.
    """

    number: str
    customer: str
    entered_at: Instant
    sales_order: Json
    route: tuple[StopPlan, ...]
    revisions: tuple[Revision, ...] = ()
    cancelled_at: Instant | None = None
    truth: OrderTruth
    lot: str = "clean"
    proof: str = "clean"
    noise: str = ""
    mates: tuple[str, ...] = ()
    quick: bool = False


class Plan(Struct, frozen=True, kw_only=True):
    """The whole plan; ``orders`` by the instant at which they are entered.

    ``outages`` are systems that are away for a while; ``lapses`` are single answers that get lost.
    """

    asked: Asked
    customers: tuple[CustomerPlan, ...]
    carriers: tuple[CarrierPlan, ...]
    guides: tuple[tuple[str, tuple[str, ...]], ...]
    orders: tuple[OrderPlan, ...]
    outages: tuple[FaultTruth, ...]
    lapses: tuple[FaultTruth, ...] = ()
    digest: str = ""


class Acceptance(Struct, frozen=True, kw_only=True):
    """What a carrier's book says: it took a load under a tender at an instant."""

    carrier: str
    tender: str
    shipment: str
    pro: str
    at: Instant
    seq: int


class Saying(Struct, frozen=True, kw_only=True):
    """Something that is said at an instant, and the line of the truth that it makes.

    ``key`` is unique for ever: what was said under it is not said again.
    """

    key: str
    at: Instant
    mouth: Mouth
    body: Json
    truth: BillTruth | ProofTruth | FaultTruth | None = None


class Drive(Struct, frozen=True, kw_only=True):
    """What really happens to an accepted load, and all that is said about it, by instant."""

    truth: LoadTruth
    sayings: tuple[Saying, ...]


class Staged(Struct, frozen=True, kw_only=True):
    """An incident put into the world on request, with a sentence for whoever watches."""

    kind: str
    order: OrderPlan | None
    text: str
