"""What became of each bill: what of it was vouchered, beside what is owed of it.

A bill is never leaked and held at once: more was vouchered than is payable, or less.
"""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct, structs

from drawbar.world.score.claim import Claim
from drawbar.world.score.rule import Rules
from drawbar.world.score.story import DELIVERED, Story
from drawbar.world.truth import BillTruth

NOTHING = Decimal(0)


def money(cents: int) -> Decimal:
    """Return cents as an amount with two decimals."""
    return Decimal(cents).scaleb(-2)


class Outcome(Struct, frozen=True, kw_only=True):
    """One bill and what the ERP holds of it, in the bill's currency.

    ``is_due``: it should be decided by now. ``is_old``: it was sent long ago. ``is_told``: its
    carrier was told of it. ``is_tolerated``: what was vouchered too much is within tolerance.
    ``elsewhere``: it was booked for another load. ``ripe_at``: all that it needs was there.
    """

    bill: BillTruth
    claims: tuple[Claim, ...] = ()
    is_told: bool = False
    told_at: datetime | None = None
    is_due: bool = False
    is_old: bool = False
    is_tolerated: bool = False
    by_person: bool = False
    elsewhere: bool = False
    ripe_at: datetime | None = None

    @property
    def billed(self) -> Decimal:
        """Return what the carrier wants."""
        return money(self.bill.billed_cents)

    @property
    def payable(self) -> Decimal:
        """Return what a faultless auditor would pay."""
        return money(self.bill.payable_cents)

    @property
    def vouchered(self) -> Decimal:
        """Return what was posted for payment, net of credits."""
        return sum((one.amount for one in self.claims), start=NOTHING)

    @property
    def leaked(self) -> Decimal:
        """Return what was vouchered above what is payable, zero or more."""
        return max(self.vouchered - self.payable, NOTHING)

    @property
    def short(self) -> Decimal:
        """Return what of the payable was not vouchered, zero or more."""
        return max(self.payable - self.vouchered, NOTHING)

    @property
    def held(self) -> Decimal:
        """Return what is owed, and was not vouchered though the bill is old."""
        return self.short if self.is_old else NOTHING

    @property
    def waiting(self) -> Decimal:
        """Return what is owed and was not vouchered yet."""
        return NOTHING if self.is_old else self.short

    @property
    def at_stake(self) -> Decimal:
        """Return what is billed above what is payable, zero or more."""
        return max(self.billed - self.payable, NOTHING)

    @property
    def stopped(self) -> Decimal:
        """Return what of the money at stake was rightly not vouchered; nothing before it is due."""
        return self.at_stake - min(self.leaked, self.at_stake) if self.is_due else NOTHING

    @property
    def is_exact(self) -> bool:
        """Say whether exactly what is payable was vouchered, for the right load."""
        return self.vouchered == self.payable and not self.elsewhere

    @property
    def is_overpaid(self) -> bool:
        """Say whether more than tolerable was vouchered, or anything for another load."""
        misplaced = self.elsewhere and self.vouchered > 0
        return misplaced or not self.is_tolerated

    @property
    def is_false_approval(self) -> bool:
        """Say whether it was overpaid without a person."""
        return self.is_overpaid and not self.by_person

    @property
    def decided_at(self) -> datetime | None:
        """Return when something was first posted of it, or its carrier told; None where unknown."""
        times = [one.first_at for one in self.claims]
        return min([*times, self.told_at] if self.told_at else times, default=None)


class Matched(Struct, frozen=True, kw_only=True):
    """Each bill with what became of it, and what was posted for no bill that anybody sent."""

    outcomes: tuple[Outcome, ...]
    strays: tuple[Claim, ...]


def judged_by(outcome: Outcome, story: Story, rules: Rules) -> Outcome:
    """Return an outcome with what the rules say of it."""
    excess = outcome.vouchered - outcome.payable
    ripe_at = ripe(outcome.bill, story)
    is_old = outcome.bill.sent_at + rules.old <= story.now
    is_ripe = ripe_at is not None and ripe_at + rules.grace <= story.now
    return structs.replace(
        outcome,
        ripe_at=ripe_at,
        is_due=bool(outcome.claims or outcome.is_told or is_old or is_ripe),
        is_old=is_old,
        is_tolerated=rules.tolerates(excess, outcome.payable),
        by_person=any(key in rules.persons for one in outcome.claims for key in one.origins),
    )


def ripe(bill: BillTruth, story: Story) -> datetime | None:
    """Return when bill, delivery and proof were all there; None where one is still missing.

    A load that is never delivered, such as one that was cancelled, needs only its bill.
    """
    load = story.loads.get((bill.order, bill.carrier))
    if load is None or not any(one.milestone == DELIVERED for one in load.happened):
        return bill.sent_at
    delivered_at, proven_at = story.delivered_at(load), story.proven_at.get(bill.order)
    if delivered_at is None or proven_at is None:
        return None
    return max(bill.sent_at, delivered_at, proven_at)
