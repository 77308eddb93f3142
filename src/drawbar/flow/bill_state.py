"""A freight bill as we know it: what came, which shipment it is for, what each line is worth."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from drawbar.flow.decision import Known
from drawbar.flow.document import Documents
from drawbar.flow.needs import bill
from drawbar.freight.freight_bill import FreightBill
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money, total, zero
from drawbar.freight.verdict import Evaluation, LineVerdict
from drawbar.matching.correction import Difference
from drawbar.settlement.quick_pay import EarlyTerms


class BillStatus(StrEnum):
    """Where a freight bill stands. Stored."""

    WAITING_SHIPMENT = "waiting_shipment"
    WAITING_EVENTS = "waiting_events"
    APPROVED = "approved"
    SHORT_PAID = "short_paid"
    STOPPED = "stopped"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    PAID = "paid"


WAITING = frozenset({BillStatus.WAITING_SHIPMENT, BillStatus.WAITING_EVENTS})
CLOSED = frozenset({BillStatus.DUPLICATE, BillStatus.REJECTED})
"""What ends a bill as a whole: nothing of it is ever paid here."""


class Grant(Struct, frozen=True, kw_only=True):
    """Money beyond what is agreed that a named person let us pay on a bill."""

    by: str
    money: Money


class Proposal(Struct, frozen=True, kw_only=True):
    """Somebody's word to pay ``money`` of what is in dispute, which a second person must share."""

    by: str
    role: str
    money: Money
    reason: str
    at: Instant


class Payable(Struct, frozen=True, kw_only=True):
    """What one voucher made payable, below zero for a credit, and when it is due."""

    key: str
    money: Money
    due_on: date


class BillState(Struct, frozen=True, kw_only=True, tag=True):
    """The state of one bill.

    ``verdicts`` are in the order of its lines, empty until judged. ``conceded`` is what we pay of a
    disputed line after all, by line number; ``dropped`` are lines whose dispute is over.
    ``revision`` counts vouchers, ``payments`` what the ERP paid; ``recycled`` says that it
    waited for its shipment.

    ``confirmed`` are lines of which a person said that they are not paid as billed. ``is_own`` says
    that a person knows it not to be a duplicate; ``resolved_by`` are those who said which bill it
    is, and so may not approve it too. ``granted`` is what persons let us pay beyond what is agreed,
    ``proposal`` what waits for a second one; ``asked`` is what the carrier was asked to send.
    ``evaluations`` are all comparisons with the tolerance, each time that it was judged;
    ``turns`` counts how often it let
    others of its load go first; ``replaces`` is the bill that it corrects, ``difference`` what it
    then asks anew;
    ``payee_doubt`` says why whom it asks to pay is not paid, empty where that is on file.

    ``payables`` are what the vouchers come to, ``early`` what its contract grants for paying early;
    ``payment_run`` is the run that pays it now. ``alike`` are the loads that a bill which waits for
    its shipment may be for by its attributes, until somebody says which.
    """

    bill: FreightBill
    status: BillStatus
    received_at: Instant
    shipment_ref: str = ""
    recycled: bool = False
    reviewed: bool = False
    verdicts: tuple[LineVerdict, ...] = ()
    conceded: dict[int, Money] = {}
    dropped: tuple[int, ...] = ()
    decided_at: Instant | None = None
    revision: int = 0
    payments: int = 0
    vouchered: Money | None = None
    paid: Money | None = None
    reason: str = ""
    text: str = ""
    documents: Documents = ()
    confirmed: tuple[int, ...] = ()
    is_own: bool = False
    resolved_by: tuple[str, ...] = ()
    granted: tuple[Grant, ...] = ()
    proposal: Proposal | None = None
    asked: tuple[str, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    payee_doubt: str = ""
    turns: int = 0
    replaces: str = ""
    difference: Difference | None = None
    payables: tuple[Payable, ...] = ()
    early: EarlyTerms | None = None
    quick_pay_asked_by: str = ""
    payment_run: str = ""
    alike: tuple[str, ...] = ()

    @property
    def payable(self) -> Money:
        """Return what the verdicts grant, with what was conceded since."""
        currency = self.bill.currency
        granted = (one.payable for one in self.verdicts)
        return total((*granted, *self.conceded.values()), currency=currency)

    @property
    def disputed(self) -> Money:
        """Return what is billed, not granted and still in dispute."""
        return total((one.disputed for one in self.contested), currency=self.bill.currency)

    @property
    def contested(self) -> tuple[LineVerdict, ...]:
        """Return the verdicts on the lines that are in dispute now, in their order."""
        return tuple(
            one
            for one in self.verdicts
            if one.disputed.amount and one.line.number not in self.dropped
        )

    @property
    def is_confirmed(self) -> bool:
        """Return whether a person said of every contested line that it is not paid as billed."""
        return all(one.line.number in self.confirmed for one in self.contested)


def state_of(bill_ref: str, known: Known) -> BillState | None:
    """Return what is known of a bill, None where it never came."""
    state = known.states.get(bill(bill_ref))
    return state if isinstance(state, BillState) else None


def standing(state: BillState) -> BillStatus:
    """Return where a bill stands by its amounts alone, whatever it was called before.

    What was never judged, or ended as a whole, stays as it is: money alone approves nothing. A bill
    is paid when everything that we owe of it is, and nothing of it is contested.
    """
    if state.status in CLOSED or not state.verdicts:
        return state.status
    if state.disputed.amount:
        is_short = state.payable.amount > 0 or state.is_confirmed
        return BillStatus.SHORT_PAID if is_short else BillStatus.STOPPED
    return (
        BillStatus.PAID
        if 0 < owed(state).amount <= paid_so_far(state).amount
        else BillStatus.APPROVED
    )


def owed(state: BillState) -> Money:
    """Return what we owe of a bill: all vouchers, and what was granted since the last one."""
    return max(state.payable, state.vouchered or state.payable)


def paid_so_far(state: BillState) -> Money:
    """Return what the ERP paid of a bill."""
    return state.paid or zero(state.bill.currency)


def open_money(state: BillState) -> Money:
    """Return what is approved and not paid, below zero where the carrier owes us."""
    payable = total((one.money for one in state.payables), currency=state.bill.currency)
    return payable - paid_so_far(state)
