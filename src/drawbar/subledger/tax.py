"""Tax in the books: what we get back of it is owed to us, what customers pay of it we owe.

It is neither cost nor revenue, so each entry shows it apart, and the two together are its gross.
"""

from msgspec import Struct

from drawbar.freight.money import Money, zero


class TaxPart(Struct, frozen=True, kw_only=True):
    """What of the amounts of one entry is tax: ``before`` and ``after`` of what is accrued.

    ``settled`` is the tax in what the entry pays or invoices. All are in one currency.
    """

    before: Money
    after: Money
    settled: Money

    @property
    def moved(self) -> Money:
        """Return by how much the entry changes the balance of the tax."""
        return self.after + self.settled - self.before


def accrued_only(*, before: Money, after: Money) -> TaxPart:
    """Return the tax of an entry that pays and invoices nothing."""
    return TaxPart(before=before, after=after, settled=zero(after.currency))


def or_none(tax: TaxPart | None, currency: str) -> TaxPart:
    """Return the tax of an entry, or that there is none in it."""
    nothing = zero(currency)
    return tax or TaxPart(before=nothing, after=nothing, settled=nothing)
