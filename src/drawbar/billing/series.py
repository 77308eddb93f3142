"""Series of numbers: each counts on its own, from 1 and without a gap.

Invoices and credit notes never share one; legal entities and currencies may each have their own.
"""

from msgspec import Struct

from drawbar.freight.billing_terms import BillingTerms


class Series(Struct, frozen=True, order=True):
    """A series: ``name`` is what its counter is stored under, ``prefix`` begins its numbers."""

    name: str  # stored
    prefix: str

    def ref_of(self, number: int) -> str:
        """Return what ``number`` is called, such as ``I-000123``. Numbers count from 1."""
        if number < 1:
            raise ValueError(f"invoices are numbered from 1, not {number}")
        return f"{self.prefix}-{number:06d}"


INVOICES = Series("customer_invoice", "I")
CREDIT_NOTES = Series("credit_note", "C")


def invoice_series(terms: BillingTerms, currency: str) -> Series:
    """Return the series of a customer's invoices in ``currency``."""
    return _own(INVOICES, terms, currency)


def credit_series(terms: BillingTerms, currency: str) -> Series:
    """Return the series of a customer's credit notes in ``currency``."""
    return _own(CREDIT_NOTES, terms, currency)


def _own(series: Series, terms: BillingTerms, currency: str) -> Series:
    parts = [terms.legal_entity, currency if terms.number_by_currency else ""]
    named = [part for part in parts if part]
    return Series(":".join([series.name, *named]), "-".join([series.prefix, *named]))
