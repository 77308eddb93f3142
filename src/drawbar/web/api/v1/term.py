"""What several version 1 bodies speak of: money and references."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct

from drawbar.freight.money import Money, minor_unit
from drawbar.freight.reference import PARTY_SCOPED, Reference, ReferenceKind
from drawbar.web.api.v1.text import AmountText, CurrencyCode, Line, Name


class AmountV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An exact amount in major units (12.50, not 1250), however small a part of a cent."""

    amount: AmountText
    currency: CurrencyCode

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for what is no amount of money."""
        self.money()

    def money(self) -> Money:
        """Return it in our words."""
        return Money(Decimal(self.amount), self.currency)


class MoneyV1(AmountV1, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An exact amount in major units (12.50, not 1250) that can be paid: no part of a cent."""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for what is no amount, or one that nobody can pay."""
        money = self.money()
        if money != money.rounded():
            raise ValueError(f"{money} cannot be paid: the smallest amount is {_smallest(money)}")

    def refuse_negative(self) -> None:
        """Raise ``ValueError`` below zero."""
        if self.amount.startswith("-"):
            raise ValueError(f"the amount is {self.amount}; it must not be below zero")


def _smallest(money: Money) -> Money:
    return Money(minor_unit(money.currency), money.currency)


def amount_v1(money: Money) -> AmountV1:
    """Return money as version 1 says it."""
    return AmountV1(amount=f"{money.amount:f}", currency=money.currency)


class ReferenceV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name of a shipment. ``party`` is whose name it is: needed for a PRO, an invoice number."""

    kind: ReferenceKind
    value: Name
    party: Line = ""


References = Annotated[tuple[ReferenceV1, ...], Meta(min_length=1, max_length=20)]
"""At least one name of the shipment that is meant."""


def references_of(given: Iterable[ReferenceV1], *, party: str) -> tuple[Reference, ...]:
    """Return the references in our words; those without a party that need one are ``party``'s."""
    return tuple(
        Reference(name.kind, name.value, name.party or (party if name.kind in PARTY_SCOPED else ""))
        for name in given
    )
