"""Exchange rates: what a unit of one currency was worth in another on a day, and who said so."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from drawbar.freight.figure import of_zero_or_more
from drawbar.freight.instant import Instant
from drawbar.freight.money import Currency


class ExchangeDay(StrEnum):
    """Which day's rate converts a charge. Stored."""

    PICKUP = "pickup"
    DELIVERY = "delivery"
    INVOICE = "invoice"


class ExchangeTerms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A contract's word on exchange: whose rate, of which day, into which currency.

    ``settle_in`` is what the bills or invoices are in, None for the currency of the rates. A rate
    holds until the next one of its source, for at most ``days_old`` days. ``day`` is that of the
    departure from the first or the last stop, or of the bill.
    """

    clause: str
    source: str
    day: ExchangeDay = ExchangeDay.INVOICE
    days_old: Annotated[int, Meta(ge=0, le=366)] = 4
    settle_in: Currency | None = None


class ExchangeRate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One unit of ``base`` is ``rate`` units of ``quote``, from ``rate_on`` on. Never made up."""

    source: str
    base: Currency
    quote: Currency
    rate_on: date
    rate: Decimal
    known_at: Instant

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a rate of nothing, or one that is no number."""
        of_zero_or_more(rate=self.rate)
        if not self.rate:
            raise ValueError("a rate of exchange is above zero")
