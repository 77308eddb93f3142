"""What we still expect to be billed for a shipment: the balance that its accrual must show.

Per charge it is what was agreed, less what bills have used, less what was released; never below 0.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from drawbar.freight.charge import AgreedCharge
from drawbar.freight.money import Money, total, zero

ByCharge = Mapping[str, Money]


class Exposure(Struct, frozen=True, kw_only=True):
    """What is accrued and open, by why it is open. Together it is the balance of the accrual."""

    unbilled: Money
    disputed: Money
    provisional: Money

    @property
    def total(self) -> Money:
        """Return what is open in all."""
        return self.unbilled + self.disputed + self.provisional


def open_by_charge(
    agreed: Iterable[AgreedCharge], *, used: ByCharge, released: ByCharge
) -> dict[str, Money]:
    """Return what is open of each charge, by charge_ref, zero where nothing is.

    ``used`` and ``released`` may lack a charge, and may name one that is agreed no more.
    """
    return {one.charge_ref: _open(one, used, released) for one in agreed}


def open_amount(
    agreed: Iterable[AgreedCharge], *, used: ByCharge, released: ByCharge, currency: str
) -> Money:
    """Return what is open of all charges. Raise ``MixedCurrencies``."""
    parts = open_by_charge(agreed, used=used, released=released)
    return total(parts.values(), currency=currency)


def released_after(
    agreed: Iterable[AgreedCharge], *, used: ByCharge, released: ByCharge, more: ByCharge
) -> dict[str, Money]:
    """Return what is released once ``more`` is released too, given what is ``used`` by then.

    Never more than what is left of a charge: a balance-due bill takes back what was released.
    """
    after: dict[str, Money] = {}
    for one in agreed:
        nothing = zero(one.charge.money.currency)
        ref = one.charge_ref
        left = max(one.charge.money - used.get(ref, nothing), nothing)
        freed = min(released.get(ref, nothing) + more.get(ref, nothing), left)
        if freed.amount:
            after[ref] = freed
    return after


def exposure(
    agreed: Iterable[AgreedCharge],
    *,
    used: ByCharge,
    released: ByCharge,
    disputed: ByCharge,
    currency: str,
) -> Exposure:
    """Split what is open. ``disputed`` is what open disputes contest of each charge.

    A provisional charge is provisional as a whole; of any other, the disputed part comes first.
    """
    parts: dict[str, list[Money]] = {"unbilled": [], "disputed": [], "provisional": []}
    for one in agreed:
        left = _open(one, used, released)
        if one.provisional:
            parts["provisional"].append(left)
            continue
        fought = min(disputed.get(one.charge_ref, zero(left.currency)), left)
        parts["disputed"].append(fought)
        parts["unbilled"].append(left - fought)
    return Exposure(**{name: total(sums, currency=currency) for name, sums in parts.items()})


def _open(one: AgreedCharge, used: ByCharge, released: ByCharge) -> Money:
    nothing = zero(one.charge.money.currency)
    ref = one.charge_ref
    left = one.charge.money - used.get(ref, nothing) - released.get(ref, nothing)
    return max(left, nothing)
