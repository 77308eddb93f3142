"""Which systems are away, and when: three times in a run; and which answers get lost."""

from datetime import time, timedelta

from drawbar.world.plan.business_day import HOME, at_wall, working_day
from drawbar.world.plan.dice import Dice
from drawbar.world.plan.kind import Kind
from drawbar.world.plan.shape import Asked
from drawbar.world.truth import FaultTruth


def outages_of(asked: Asked) -> tuple[FaultTruth, ...]:
    """Return the outages by their beginning; ``subject`` is the name of a system."""
    dice = Dice(asked.seed, "outages")
    rows = (
        (Kind.ERP_OUTAGE, "erp", time(10, 15), dice.between(90, 240)),
        (Kind.FOLDER_SILENT, dice.pick(("abcd", "bluffton", "cedar")), time(0, 30), 300),
        (Kind.API_UNAVAILABLE, "northlake", time(4, 45), dice.between(60, 150)),
    )
    return tuple(sorted((_away(asked, dice, *row) for row in rows), key=lambda one: one.at))


def lapses_of(asked: Asked) -> tuple[FaultTruth, ...]:
    """Return the instants from which on the next answer of the ERP is lost, one every four days."""
    kind = Kind.ERP_ANSWER_LOST.value
    return tuple(
        FaultTruth(
            kind=kind,
            subject="erp",
            at=at_wall(working_day(asked.begins_on + timedelta(days=day)), time(14, 20), HOME),
        )
        for day in range(2, asked.days, 4)
    )


def _away(
    asked: Asked, dice: Dice, kind: Kind, subject: str, clock: time, minutes: int
) -> FaultTruth:
    offset = dice.below(max(asked.days - 1, 1))
    day = working_day(asked.begins_on + timedelta(days=min(offset, asked.days)))
    at = at_wall(day, clock, HOME) + timedelta(minutes=dice.below(45))
    return FaultTruth(
        kind=kind.value, subject=subject, at=at, until=at + timedelta(minutes=minutes)
    )
