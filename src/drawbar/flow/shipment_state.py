"""A shipment as we know it: what is to be moved, who carries it, what happened, what it costs.

One row holds it; everything that is derived in it is computed anew from the facts it keeps.
"""

from collections.abc import Callable, Collection
from datetime import date

from msgspec import Struct, structs

from drawbar.billing.late_charge import Leak
from drawbar.billing.obstacle import NotReadyReason
from drawbar.dispatch.change import Difference
from drawbar.dispatch.hold import NOT_HELD, Holding
from drawbar.dispatch.waterfall import Offer, OfferState, Waterfall
from drawbar.flow.document import Documents
from drawbar.freight.approval import Approval
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.claim import OsdLine
from drawbar.freight.instant import Instant
from drawbar.freight.invoice import InvoicePeriod
from drawbar.freight.money import Money
from drawbar.freight.movement import Certificate, Proof
from drawbar.freight.order import Order
from drawbar.freight.paper import FiledPaper
from drawbar.matching.concession import Conceded
from drawbar.matching.duplicate import EarlierBill
from drawbar.milestones.account import Actual
from drawbar.milestones.log import Log
from drawbar.milestones.pod import Pod
from drawbar.milestones.status import Status


class Flag(Struct, frozen=True, order=True):
    """A case that is open for a shipment, and closes by itself when its reason is gone."""

    kind: CaseKind
    item: str


class Accrual(Struct, frozen=True, kw_only=True):
    """What the ledger holds as accrued, None before the first entry, its newest ``entry_ref``.

    ``tax`` is what of it is tax and so neither cost nor revenue, None where no entry told it apart.
    """

    money: Money | None = None
    entry_ref: str = ""
    tax: Money | None = None


NO_ACCRUAL = Accrual()


class Amendment(Struct, frozen=True, kw_only=True):
    """What the ERP changed of a load that a carrier was asked about: it has to agree again.

    ``differences`` are those to what was last agreed or asked, over all ``revision`` since then.
    """

    revision: int
    learned_at: Instant
    differences: tuple[Difference, ...]


class OsdRecord(Struct, frozen=True, kw_only=True):
    """What of a delivery was over, short, damaged or refused; ``worth`` is None while unknown."""

    lines: tuple[OsdLine, ...] = ()
    worth: Money | None = None
    text: str
    since_at: Instant


class ShipmentState(Struct, frozen=True, kw_only=True, tag=True):
    """The state of one shipment.

    ``buy`` and ``sell`` are what we expect to pay and to earn; ``used`` says how much of each buy
    charge bills have consumed, ``tolerated`` what of that a tolerance let pass above the agreed
    amount, ``released`` what of it need not be expected any more, ``conceded``
    what was paid after all though nothing agreed stood behind it. ``cost`` and
    ``revenue`` are what the ledger holds as accrued; ``turn`` numbers its entries. ``open_bills``
    wait, or were not paid in full; each is judged again when the charges change,
    and those in ``reviews_due`` will be next. ``invoiced`` is
    what the customer was invoiced of each sell charge, less what it was credited; ``leaks`` are
    what is never invoiced. What is not invoiced yet is held by ``invoice_blocks``, or waits for the
    end of ``invoice_period``. ``sent`` says
    which tender went out under which control number. The WMS was last asked for the goods of
    ``reserving_revision``. ``cancelled_from`` had the load;
    ``awaiting`` are indices and sources of rates on whose next word its price hangs.
    ``contradiction`` says why its events cannot all be true, empty while they can. ``amended`` is
    what the newest version says otherwise, None once a carrier agreed to it. The truck must be
    heard of by ``word_due_at``, None while none drives; it was silent at ``silent_at``. A settled
    side keeps the terms known at ``cost_known_at`` or ``price_known_at``; ``listed`` are the claim
    candidates that corrected terms led to. ``osd`` is what its proof says was not right, None where
    all was. ``proposals`` are approvals that a second person must share. Its bill is missing from
    ``bill_due_at`` on, None while none is awaited; since ``bill_missing_at`` it is on the chase
    list.
    """

    shipment_ref: str
    order: Order
    waterfall: Waterfall
    log: Log = Log()
    pods: tuple[Pod, ...] = ()
    approvals: tuple[Approval, ...] = ()
    proposals: tuple[Approval, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    proofs: tuple[Proof, ...] = ()
    awaiting: tuple[str, ...] = ()
    status: Status = Status.PLANNED
    last_event: Actual | None = None
    contradiction: str = ""
    flags: tuple[Flag, ...] = ()
    stocked: bool = False
    reserving_revision: int = 0
    tendered_at: Instant | None = None
    driver_dispatched_at: Instant | None = None
    cancelled_at: Instant | None = None
    cancelled_from: str = ""
    cancel_charges: tuple[AgreedCharge, ...] = ()
    cancel_revenue: tuple[AgreedCharge, ...] = ()
    buy: tuple[AgreedCharge, ...] = ()
    sell: tuple[AgreedCharge, ...] = ()
    used: dict[str, Money] = {}
    tolerated: dict[str, Money] = {}
    agreed_when_used: dict[str, Money] = {}
    claimed_back: dict[str, Money] = {}
    released: dict[str, Money] = {}
    conceded: tuple[Conceded, ...] = ()
    cost: Accrual = NO_ACCRUAL
    revenue: Accrual = NO_ACCRUAL
    turn: int = 0
    bills: tuple[EarlierBill, ...] = ()
    open_bills: tuple[str, ...] = ()
    reviews_due: tuple[str, ...] = ()
    invoice_asked: bool = False
    invoice_refs: tuple[str, ...] = ()
    invoiced: dict[str, Money] = {}
    first_invoiced_on: date | None = None
    invoice_period: InvoicePeriod | None = None
    invoice_blocks: tuple[NotReadyReason, ...] = ()
    unbilled_since: Instant | None = None
    leaks: tuple[Leak, ...] = ()
    papers: tuple[FiledPaper, ...] = ()
    documents: Documents = ()
    sent: dict[str, str] = {}
    holding: Holding = NOT_HELD
    amended: Amendment | None = None
    word_due_at: Instant | None = None
    silent_at: Instant | None = None
    cost_known_at: Instant | None = None
    price_known_at: Instant | None = None
    listed: dict[str, Money] = {}
    osd: OsdRecord | None = None
    bill_due_at: Instant | None = None
    bill_missing_at: Instant | None = None

    @property
    def award(self) -> Offer | None:
        """Return the tender that a carrier accepted, if one did."""
        return self.waterfall.award

    @property
    def carrier_ref(self) -> str:
        """Return the carrier that has the load, empty while nobody does."""
        award = self.waterfall.award
        return award.carrier_ref if award else ""

    @property
    def delivered(self) -> bool:
        """Return whether every delivery was made, by what is known now."""
        return self.status is Status.DELIVERED

    @property
    def payee_ref(self) -> str:
        """Return the carrier that may bill the load: it has it, or had it when it was cancelled."""
        return self.carrier_ref or self.cancelled_from

    @property
    def as_driven(self) -> "ShipmentState":
        """Return the load as if who drives it had confirmed the newest version: its word counts."""
        offer = self.waterfall.committed
        if offer is None or offer.state is OfferState.ACCEPTED:
            return self
        confirmed = structs.replace(offer, state=OfferState.ACCEPTED)
        return structs.replace(self, waterfall=self.waterfall.replaced(confirmed))

    def counted_pods(self, carriers: Collection[str]) -> tuple[Pod, ...]:
        """Return the proofs that count: no carrier proves what another one delivered."""
        counts = self._heard(carriers)
        return tuple(one for one in self.pods if counts(one.reported_by))

    def counted_certificates(self, carriers: Collection[str]) -> tuple[Certificate, ...]:
        """Return the certificates that count: no carrier weighs what another one carries."""
        counts = self._heard(carriers)
        return tuple(one for one in self.certificates if counts(one.reported_by))

    def counted_proofs(self, carriers: Collection[str]) -> tuple[Proof, ...]:
        """Return the papers that count: no carrier files for what another one carries."""
        counts = self._heard(carriers)
        return tuple(one for one in self.proofs if counts(one.reported_by))

    def counted_log(self, carriers: Collection[str]) -> Log:
        """Return the reports that count: of carriers, only those of the one that has the load.

        A report that came before its carrier's acceptance counts from then on.
        """
        counts = self._heard(carriers)
        counted = tuple(one for one in self.log.reports if counts(one.reported_by))
        return self.log if len(counted) == len(self.log.reports) else Log(reports=counted)

    def _heard(self, carriers: Collection[str]) -> Callable[[str], bool]:
        """Return whether somebody's word counts: of carriers, only that of the load's own."""
        own = self.payee_ref
        return lambda reported_by: reported_by == own or reported_by not in carriers
