"""Value added tax: per category, on the total of what falls under it, or owed by the receiver."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.figure import of_percent
from drawbar.freight.lane import LanePlace

WITHOUT_INPUT_TAX = "US"
"""The country whose states tax sales, so that no tax that is paid there is ever deducted."""


class TaxRounding(StrEnum):
    """Whether a tax is rounded once on the total of its category, or line by line. Stored."""

    TOTAL = "total"
    LINE = "line"


class TaxTerms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One category of tax. ``kinds`` are the charges under it, empty for all that no other names.

    ``category`` is the code of the UN/EDIFACT list 5305, such as "S", "Z" or "AE". Under reverse
    charge the rate is not charged; ``note`` are the words that must stand on the invoice. A clause
    holds where its ``origin`` and ``destination`` cover the load, on days of delivery
    ``[valid_from, valid_to)``; of several for the same kinds one with an exemption ``certificate``
    comes first, then the most exact.

    ``recoverable`` says whether the firm gets back what it pays of it; None leaves it to the rule
    of ``is_recoverable``. What a customer pays of it is owed to the tax office all the same.
    """

    clause: str
    category: str
    percent: Decimal
    kinds: tuple[ChargeKind, ...] = ()
    reverse_charge: bool = False
    note: str = ""
    rounding: TaxRounding = TaxRounding.TOTAL
    origin: LanePlace = LanePlace()
    destination: LanePlace = LanePlace()
    valid_from: date | None = None
    valid_to: date | None = None
    certificate: str = ""
    recoverable: bool | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a percent that is below zero, above 100 or no number."""
        of_percent(percent=self.percent)

    @property
    def is_recoverable(self) -> bool:
        """Return what the clause says; else that a tax comes back anywhere but in the US.

        Value added tax, GST and HST are deducted as input tax; sales and use tax never is.
        """
        if self.recoverable is not None:
            return self.recoverable
        return (self.destination.country or self.origin.country) != WITHOUT_INPUT_TAX
