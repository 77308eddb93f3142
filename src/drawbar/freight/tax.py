"""Value added tax: per category, on the total of what falls under it, or owed by the receiver."""

from decimal import Decimal

from msgspec import Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.figure import of_percent


class TaxTerms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One category of tax. ``kinds`` are the charges under it, empty for all that no other names.

    ``category`` is the code of the UN/EDIFACT list 5305, such as "S", "Z" or "AE". Under reverse
    charge the rate is not charged, and ``note`` must stand on the invoice.
    """

    clause: str
    category: str
    percent: Decimal
    kinds: tuple[ChargeKind, ...] = ()
    reverse_charge: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a percent that is below zero, above 100 or no number."""
        of_percent(percent=self.percent)
