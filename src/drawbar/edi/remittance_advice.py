"""A remittance advice as any payer may write it: which invoices one payment is for (X12 820).

Amounts carry their own sign: a credit is below zero. What we send ourselves is a ``Remittance``.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from drawbar.edi.detail import Moment, Note, Party, Reference
from drawbar.edi.detail_general import Person
from drawbar.edi.place import Places
from drawbar.edi.value import Amount


class RemittanceAdjustment(Struct, frozen=True, kw_only=True):
    """Money taken off (below zero) or added, with the payer's reason code."""

    amount: Amount | None = None
    reason: str = ""
    reference_qualifier: str = ""
    reference: str = ""
    references: tuple[Reference, ...] = ()
    notes: tuple[Note, ...] = ()
    at: Places = {}


class RemittanceItem(Struct, frozen=True, kw_only=True):
    """One invoice, or other open item. ``paid`` is what the payment holds for it.

    ``billed`` is the invoice before discount. An absent amount is None, never zero.
    """

    reference_qualifier: str = ""
    reference: str = ""
    action: str = ""
    paid: Amount | None = None
    billed: Amount | None = None
    discount: Amount | None = None
    adjustment_reason: str = ""
    adjustment: Amount | None = None
    references: tuple[Reference, ...] = ()
    moments: tuple[Moment, ...] = ()
    notes: tuple[Note, ...] = ()
    adjustments: tuple[RemittanceAdjustment, ...] = ()
    at: Places = {}


class RemittanceEntity(Struct, frozen=True, kw_only=True):
    """Items that belong to one account or person."""

    number: int | None = None
    role: str = ""
    id_qualifier: str = ""
    id: str = ""
    people: tuple[Person, ...] = ()
    adjustments: tuple[RemittanceAdjustment, ...] = ()
    items: tuple[RemittanceItem, ...] = ()
    at: Places = {}


class RemittanceAdvice(Struct, frozen=True, kw_only=True):
    """One payment. ``items`` and ``adjustments`` are those that stand outside any entity.

    ``sign``: C the payee is credited, D debited. ``method``: ACH, CHK, FWT, NON, ...
    """

    handling: str
    total: Amount | None = None
    sign: str = ""
    method: str = ""
    format: str = ""
    payer_bank: str = ""
    payer_account: str = ""
    payee_bank: str = ""
    payee_account: str = ""
    paid_on: date | None = None
    trace_kind: str = ""
    trace: str = ""
    currency_role: str = ""
    currency: str = ""
    references: tuple[Reference, ...] = ()
    moments: tuple[Moment, ...] = ()
    parties: tuple[Party, ...] = ()
    entities: tuple[RemittanceEntity, ...] = ()
    items: tuple[RemittanceItem, ...] = ()
    adjustments: tuple[RemittanceAdjustment, ...] = ()
    at: Places = {}

    @property
    def all_items(self) -> Iterator[RemittanceItem]:
        """Yield every item; those of no entity stand first in a message."""
        yield from self.items
        for entity in self.entities:
            yield from entity.items

    @property
    def all_adjustments(self) -> Iterator[RemittanceAdjustment]:
        """Yield what is adjusted for the payment as a whole, not for one item."""
        yield from self.adjustments
        for entity in self.entities:
            yield from entity.adjustments
