"""The end of a dispute: what of the contested money we pay after all, and what is dropped."""

from msgspec import Struct

from drawbar.freight.money import Money


class BeyondDispute(ValueError):
    """More is conceded than is disputed, or less than nothing, or in another currency.

    Concede at most what the dispute is about; what goes beyond it needs an approval or a new bill.
    """


class Concluded(Struct, frozen=True, kw_only=True):
    """``conceded`` plus ``dropped`` is what was disputed; neither is below zero."""

    conceded: Money
    dropped: Money


def conclude(disputed: Money, conceded: Money) -> Concluded:
    """Return both parts of the disputed money. Raise ``BeyondDispute``."""
    if conceded.currency != disputed.currency or not 0 <= conceded.amount <= disputed.amount:
        raise BeyondDispute(f"{conceded} is not a part of the {disputed} in dispute")
    return Concluded(conceded=conceded, dropped=disputed - conceded)
