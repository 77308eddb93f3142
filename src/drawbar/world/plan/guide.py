"""Who is asked for a load, in which order, and what each answers.

An answer depends on the order and the carrier alone, so it is known before anybody asks.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from drawbar.world.plan.carrier import CARRIERS
from drawbar.world.plan.dice import Dice

GUIDES: Mapping[str, tuple[str, ...]] = {
    "Dallas TX": ("ABCD", "NRTH", "PRHL", "CDRV"),
    "Houston TX": ("NRTH", "ABCD", "BLFT", "PRHL"),
    "Atlanta GA": ("BLFT", "CDRV", "NRTH", "ABCD"),
    "Charlotte NC": ("CDRV", "BLFT", "ABCD", "NRTH"),
    "Chicago IL": ("CDRV", "NRTH", "BLFT", "ABCD"),
    "Milwaukee WI": ("NRTH", "CDRV", "PRHL", "ABCD"),
    "Ontario CA": ("PRHL", "ABCD", "NRTH", "CDRV"),
    "Stockton CA": ("ABCD", "PRHL", "CDRV", "NRTH"),
    "Harrisburg PA": ("BLFT", "CDRV", "NRTH", "ABCD"),
    "Louisville KY": ("PRHL", "BLFT", "CDRV", "NRTH"),
    "Cincinnati OH": ("CDRV", "PRHL", "BLFT", "NRTH"),
    "New Orleans LA": ("ABCD", "BLFT", "PRHL", "NRTH"),
    "Mobile AL": ("BLFT", "ABCD", "CDRV", "NRTH"),
    "Wichita KS": ("PRHL", "NRTH", "CDRV", "ABCD"),
}
"""By the metro where a load starts; any other start asks ``EVERYWHERE``."""

EVERYWHERE = ("NRTH", "ABCD", "CDRV", "BLFT", "PRHL")
SILENT_PER_MILLE = 8
REASONS = {
    "CPT": "no truck is free",
    "HOS": "no driver has hours left",
    "EQU": "no trailer is there",
    "WTH": "the weather is too bad",
}
"""Why a tender is declined: X12 codes, and the words of those who do not speak X12."""


class Reply(Struct, frozen=True, kw_only=True):
    """What a carrier answers to a tender, and after how many minutes."""

    answer: Literal["accept", "decline", "silent"]
    after_minutes: int = 0
    reason: str = ""


def guide_of(origin: str) -> tuple[str, ...]:
    """Return the carriers that are asked for a load from a metro, in their order."""
    return GUIDES.get(origin, EVERYWHERE)


def reply(seed: int, number: str, carrier: str, origin: str) -> Reply:
    """Return what a carrier answers to the tender of an order; the last one asked says yes."""
    habit = CARRIERS[carrier]
    dice = Dice(seed, "answer", (number, carrier))
    after = dice.between(*habit.answers)
    if guide_of(origin)[-1] == carrier:
        return Reply(answer="accept", after_minutes=after)
    if dice.chance(SILENT_PER_MILLE):
        return Reply(answer="silent")
    if dice.chance(habit.rejects):
        said = reason(carrier, dice.pick(tuple(REASONS)))
        return Reply(answer="decline", after_minutes=after, reason=said)
    return Reply(answer="accept", after_minutes=after)


def reason(carrier: str, code: str) -> str:
    """Return why a carrier declines, in the words of its line."""
    return code if CARRIERS[carrier].channel == "x12" else REASONS[code]


def taker(seed: int, number: str, origin: str) -> str:
    """Return the carrier that will take an order, as far as nothing else goes wrong."""
    guide = guide_of(origin)
    return next(one for one in guide if reply(seed, number, one, origin).answer == "accept")
