"""An approval: a named person's word that a charge may be paid, why, and how far that word goes."""

from decimal import Decimal

from msgspec import Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.fact import FactKey
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money


class Approval(Struct, frozen=True, kw_only=True):
    """What was approved for one shipment; ``fact`` is the key of the fact that says so.

    ``seconded_by`` said the same before, where one person's word was not enough.
    """

    kind: ChargeKind
    money: Money
    stop: int
    approved_by: str
    reason: str
    fact: FactKey
    seconded_by: str = ""


class LetGo(Struct, frozen=True, kw_only=True):
    """What somebody of ours let go of a claim or a dispute, named in ``about``, and when."""

    by: str
    money: Money
    at: Instant
    about: str


class ApprovalLimit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much beyond what is agreed somebody may approve for one bill, in the books' currency.

    Up to ``alone`` one word is enough; up to ``together`` a second, other person must say the same.
    """

    alone: Decimal
    together: Decimal

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for limits that cannot be meant."""
        amounts = (self.alone, self.together)
        if (
            not all(amount.is_finite() for amount in amounts)
            or not 0 <= self.alone <= self.together
        ):
            raise ValueError("alone is zero or more, and at most together")
