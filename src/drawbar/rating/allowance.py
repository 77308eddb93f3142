"""What people approved of a clause that asks for an approval beside a paper: up to how much.

Such an approval owes nothing by itself; what is proven is owed up to it, and each approval once.
"""

from collections.abc import Iterable

from msgspec import Struct

from drawbar.freight.accessorial import AccessorialRate
from drawbar.freight.approval import Approval
from drawbar.freight.charge import Step
from drawbar.freight.fact import FactKey
from drawbar.freight.money import Money
from drawbar.rating.evidence import needed, needs_approval


class Within(Struct, frozen=True, kw_only=True):
    """What of an amount is approved, who said so, and in which words."""

    money: Money
    facts: tuple[FactKey, ...] = ()
    steps: tuple[Step, ...] = ()


class Allowance:
    """The approvals of one clause while its stops draw on them; no limit where it asks for none."""

    def __init__(self, approvals: Iterable[Approval], row: AccessorialRate, currency: str) -> None:
        """Take up the approvals that are conditions of ``row``."""
        self.limits = needs_approval(row) and bool(needed(row))
        unique = {
            one.fact: one
            for one in approvals
            if self.limits and one.kind is row.kind and one.money.currency == currency
        }
        self._approvals = [unique[fact] for fact in sorted(unique)]
        self._left = {one.fact: one.money.amount for one in self._approvals}

    @property
    def facts(self) -> frozenset[FactKey]:
        """Return the approvals that the clause takes for its own."""
        return frozenset(self._left)

    def draw(self, stop: int, money: Money) -> Within:
        """Return what of ``money`` at a stop is approved, and use it up."""
        if not self.limits:
            return Within(money=money)
        rest, drawn = money.amount, []
        for approval in self._approvals:
            part = min(rest, self._left[approval.fact])
            if part > 0 and (0 in {stop, approval.stop} or stop == approval.stop):
                self._left[approval.fact] -= part
                rest -= part
                drawn.append(approval)
        return Within(
            money=Money(money.amount - rest, money.currency),
            facts=tuple(one.fact for one in drawn),
            steps=tuple(_word(one) for one in drawn),
        )


def _word(approval: Approval) -> Step:
    text = f"approved by {approval.approved_by} because {approval.reason}"
    return Step(text=text, result=f"up to {approval.money}")
