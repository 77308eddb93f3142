"""What the small ERP can do, and what a firm has to say about its own one."""

from collections.abc import Mapping
from datetime import timedelta

from msgspec import Struct, field

from drawbar.connectors.line import LineSettings
from drawbar.connectors.port import Capabilities
from drawbar.freight.instant import zone
from drawbar.freight.ledger import Account

KINDS = frozenset({"PostJournal", "PostVoucher", "PostInvoice"})
FLOWS = ("documents", "payments", "orders", "receivables")

ECHOES = ("documents",)
"""What is posted shows among the documents; nobody pays or orders because of it at once."""

ACCOUNTS: Mapping[Account, str] = {
    Account.BANK_CLEARING: "1090",
    Account.ACCOUNTS_RECEIVABLE: "1200",
    Account.UNBILLED_RECEIVABLE: "1250",
    Account.ACCOUNTS_PAYABLE: "2000",
    Account.FREIGHT_ACCRUED: "2150",
    Account.FREIGHT_REVENUE: "4000",
    Account.FREIGHT_COST: "5100",
    Account.FREIGHT_VARIANCE: "5190",
    Account.EXCHANGE_VARIANCE: "5195",
    Account.QUICK_PAY_DISCOUNT: "4900",
    Account.CLAIMS_RECEIVABLE: "1280",
    Account.CLAIMS_RECOVERED: "4950",
    Account.WRITTEN_OFF: "5900",
    Account.CREDITS_NETTED: "2050",
    Account.TAX_RECOVERABLE: "1400",
    Account.TAX_PAYABLE: "2300",
}
"""Our accounts in the chart that a new small ERP begins with."""


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ERP. ``zone`` is where its books are kept; ``overlap_seconds`` is at least 120.

    ``parties`` gives the ERP's code of a party where it differs from ours.
    """

    system: str
    line: LineSettings
    zone: str
    accounts: dict[Account, str] = field(default_factory=lambda: dict(ACCOUNTS))
    parties: dict[str, str] = {}
    overlap_seconds: int = 120
    page_rows: int = 200
    concurrency: int = 4
    rate_per_second: float | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a zone, an account or an overlap that would go wrong later."""
        zone(self.zone)
        lacking = [account.value for account in Account if not self.accounts.get(account)]
        if lacking:
            raise ValueError(f"accounts: no number is given for {', '.join(lacking)}")
        if self.overlap_seconds < 120:
            raise ValueError("overlap_seconds: rows become visible late; give at least 120")

    @property
    def overlap(self) -> timedelta:
        """Return how far each round of reading goes back."""
        return timedelta(seconds=self.overlap_seconds)

    def their_party(self, ours: str) -> str:
        """Return the ERP's code of a party."""
        return self.parties.get(ours, ours)

    def our_party(self, theirs: str) -> str:
        """Return our reference of the ERP's party."""
        named = {code: ref for ref, code in self.parties.items()}
        return named.get(theirs, theirs)


def capabilities(settings: Settings) -> Capabilities:
    """Return what can be asked of it."""
    return Capabilities(
        kinds=KINDS,
        flows=FLOWS,
        echoes=ECHOES,
        concurrency=settings.concurrency,
        rate_per_second=settings.rate_per_second,
    )
