"""What is left of the agreed charges while the lines of one bill draw on them.

One charge may pay for several lines, and never for more than was left of it before the bill.
"""

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.verdict import OpenCharge

NOTHING = Decimal(0)


class Pot(Struct, kw_only=True):
    """One agreed charge, or, without a ``charge_ref``, a credit that nothing agreed explains.

    ``base`` is what tolerance is a percent of: what was left before the lines of the bill, or all
    that is agreed where bills are counted together. ``tolerated`` is what earlier bills were let
    pass above it then. ``credited`` is what credits of this bill gave back, ``taken`` what its
    lines took.
    """

    charge_ref: str
    kind: ChargeKind
    stop: int
    currency: str
    provisional: bool
    agreed: Decimal
    used: Decimal
    left: Decimal
    credited: Decimal = NOTHING
    taken: Decimal = NOTHING
    drawn: bool = False
    counts_earlier: bool = False
    tolerated: Decimal = NOTHING

    @property
    def is_billed(self) -> bool:
        """Return whether this bill, or one that counts together with it, draws on the charge."""
        return self.drawn or (self.counts_earlier and self.used > 0)

    @property
    def base(self) -> Decimal:
        """Return what a tolerance is a percent of: never more than the agreed amount."""
        if self.counts_earlier:
            return self.agreed
        return min(self.agreed, max(self.agreed - self.used + self.credited, NOTHING))

    @property
    def final_credit(self) -> Decimal:
        """Return what of the credits no line of the bill took up."""
        return max(self.credited - self.taken, NOTHING)

    def suits(self, line: BillLine) -> bool:
        """Return whether ``line`` may draw on it, were there anything left."""
        return self.resembles(line) and self.currency == line.money.currency

    def resembles(self, line: BillLine) -> bool:
        """Return whether kind and stop fit; a stop of 0, here or there, fits any stop."""
        return self.kind is line.kind and (not self.stop or line.stop in (0, self.stop))


def pots_of(agreed: Iterable[OpenCharge], *, counts_earlier: bool = False) -> list[Pot]:
    """Return a pot per charge that is agreed or was paid, in the order of their names.

    ``counts_earlier`` says that what earlier bills were let pass counts against the tolerance too.
    """
    ordered = sorted(agreed, key=lambda one: one.agreed.charge_ref)
    granted = (one for one in ordered if max(one.agreed.charge.money, one.used).amount > 0)
    return [_pot(one, counts_earlier=counts_earlier) for one in granted]


def give_back(pots: list[Pot], credit: BillLine) -> dict[str, Decimal]:
    """Put a credit line into the pots of its kind; return what it gives back to which charge.

    What was used most gets it first, up to what was used. Where no charge fits, the credit becomes
    a pot of its own: it pays for lines of its kind in this bill and for nothing else.
    """
    fitting = sorted(
        (pot for pot in pots if pot.suits(credit)),
        key=lambda pot: (pot.stop != credit.stop, -pot.used, -pot.agreed, pot.charge_ref),
    )
    if not fitting:
        pots.append(_credit_pot(credit))
        return {}
    rest = -credit.money.amount
    given: dict[str, Decimal] = {}
    for pot in fitting:
        part = min(rest, max(pot.used - pot.credited, NOTHING))
        rest -= _refill(pot, part, given)
    _refill(fitting[0], rest, given)
    return given


def _refill(pot: Pot, part: Decimal, given: dict[str, Decimal]) -> Decimal:
    if part and pot.charge_ref:
        given[pot.charge_ref] = given.get(pot.charge_ref, NOTHING) - part
    pot.credited += part
    pot.left += part
    return part


def _pot(one: OpenCharge, *, counts_earlier: bool) -> Pot:
    charge = one.agreed.charge
    used = one.used.amount
    tolerated = one.tolerated.amount if one.tolerated and counts_earlier else NOTHING
    return Pot(
        charge_ref=one.agreed.charge_ref,
        kind=charge.kind,
        stop=charge.stop,
        currency=charge.money.currency,
        provisional=one.agreed.provisional,
        agreed=charge.money.amount,
        used=used,
        left=charge.money.amount - used,
        counts_earlier=counts_earlier,
        tolerated=max(min(tolerated, used - charge.money.amount), NOTHING),
    )


def _credit_pot(credit: BillLine) -> Pot:
    amount = -credit.money.amount
    return Pot(
        charge_ref="",
        kind=credit.kind,
        stop=credit.stop,
        currency=credit.money.currency,
        provisional=False,
        agreed=NOTHING,
        used=NOTHING,
        left=amount,
        credited=amount,
    )
