"""What a score is counted from: the truth, the ERP's documents and payments, the carriers' books.

Nothing of it comes from the firm that is scored, but what the firm sent to others.
"""

from collections.abc import Collection
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.world.erp.document import Posting
from drawbar.world.truth import AnyRecord

PAYABLES = "2000"
"""The account of the small ERP that shows what is owed to carriers."""

BILL_SUBJECT = "freight_bill "
"""How the subject of a document begins that is about a carrier's bill."""


class Booked(Struct, frozen=True, kw_only=True):
    """A document in the ERP's books. ``posted_at`` is when it was posted, or soon afterwards."""

    id: int
    kind: str
    state: str
    number: str
    reference: str
    origin: str
    subject: str
    party: str
    currency: str
    total: Decimal
    lines: tuple[Posting, ...]
    posted_at: Instant

    @property
    def text(self) -> str:
        """Return what its first line says it is for."""
        return self.lines[0].text if self.lines else ""

    @property
    def owes(self) -> Decimal:
        """Return what it makes the firm owe to carriers, below zero for a credit."""
        if self.kind == "voucher":
            return self.total
        ours = [line for line in self.lines if line.account == PAYABLES]
        return sum((line.credit - line.debit for line in ours), start=Decimal(0))

    def named(self, names: Collection[str]) -> str:
        """Return which of ``names`` its text mentions, empty if none."""
        return next((word for word in reversed(self.text.split()) if word in names), "")


class Paid(Struct, frozen=True, kw_only=True):
    """A payment in the ERP's books. ``document`` is 0 for one on account."""

    document: int
    party: str
    amount: Decimal
    currency: str


class Tendered(Struct, frozen=True, kw_only=True):
    """A tender as it stands in a carrier's book. ``offers`` counts how often it came.

    ``wants`` is what is to be moved, from where to where, for what: two that want the same are one
    load offered twice.
    """

    book: str
    tender: str
    shipment: str
    names: tuple[str, ...]
    purpose: str
    state: str
    offers: int
    wants: str = ""


class Notice(Struct, frozen=True, kw_only=True):
    """A carrier was told that something of its bill is not paid. ``at`` is None where unknown."""

    carrier: str
    number: str
    at: Instant | None = None


class LedgerLine(Struct, frozen=True, kw_only=True):
    """A line of the firm's own ledger, as the firm exports it. An empty key is not for the ERP."""

    account: str
    currency: str
    debit: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)
    document_key: str = ""


class Evidence(Struct, frozen=True, kw_only=True):
    """Everything that a score is counted from. ``ledger`` is None where nobody gave one."""

    truth: tuple[AnyRecord, ...]
    documents: tuple[Booked, ...]
    payments: tuple[Paid, ...] = ()
    tenders: tuple[Tendered, ...] = ()
    notices: tuple[Notice, ...] = ()
    ledger: tuple[LedgerLine, ...] | None = None
