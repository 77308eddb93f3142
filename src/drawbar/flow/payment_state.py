"""A payment run as we know it: what it pays, who agreed, and what the bank said of each payment."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from drawbar.flow.books import payment_run
from drawbar.flow.decision import Known
from drawbar.flow.document import Documents
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money, zero
from drawbar.freight.payment import LeftOut, PaymentOrder
from drawbar.freight.stream import StreamKind


class RunStatus(StrEnum):
    """Where a payment run stands. Stored."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    RELEASED = "released"
    DROPPED = "dropped"


class Outcome(StrEnum):
    """What became of a payment. Stored."""

    INSTRUCTED = "instructed"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


class Signature(Struct, frozen=True, kw_only=True):
    """A person's word for a run."""

    by: str
    role: str
    at: Instant


class Told(Struct, frozen=True, kw_only=True):
    """What the bank said of a payment, the newest word."""

    outcome: Outcome
    bank_ref: str = ""
    on: date | None = None
    text: str = ""


class RunState(Struct, frozen=True, kw_only=True):
    """The state of one run. ``told`` has what became of each payment, once it was released.

    ``entry_refs`` names the entry that booked each bill, by bill_ref.
    """

    run_ref: str
    status: RunStatus
    until: date
    pay_on: date
    proposed_by: str
    proposed_at: Instant
    orders: tuple[PaymentOrder, ...]
    left_out: tuple[LeftOut, ...]
    signatures: tuple[Signature, ...] = ()
    released_by: str = ""
    released_at: Instant | None = None
    dropped_by: str = ""
    told: dict[str, Told] = {}
    entry_refs: dict[str, str] = {}
    documents: Documents = ()

    @property
    def totals(self) -> tuple[Money, ...]:
        """Return what it pays in each currency, by currency."""
        sums: dict[str, Money] = {}
        for one in self.orders:
            sums[one.currency] = sums.get(one.currency, zero(one.currency)) + one.money
        return tuple(sums[currency] for currency in sorted(sums))

    @property
    def bill_refs(self) -> tuple[str, ...]:
        """Return every bill that it settles, credits too."""
        return tuple(paid.bill_ref for one in self.orders for paid in one.bills)


def run_among(known: Known) -> RunState | None:
    """Return the run that a fact speaks of, found by its name or that of one of its payments."""
    streams = (stream for stream in known.states if stream.kind is StreamKind.PAYMENT_RUN)
    state = next((known.states[stream] for stream in streams), None)
    return state if isinstance(state, RunState) else None


def run_of(run_ref: str, known: Known) -> RunState | None:
    """Return what is known of a run, None where it was never proposed."""
    state = known.states.get(payment_run(run_ref))
    return state if isinstance(state, RunState) else None
