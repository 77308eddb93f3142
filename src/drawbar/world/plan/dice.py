"""Chance that is no chance: the same question gets the same answer, on every machine.

Each draw is a hash of seed, purpose, key and its number, so one draw never shifts another.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws for one purpose and one key. Integers only: they are the same everywhere."""

    def __init__(self, seed: int, purpose: str, key: object = "") -> None:
        """Begin with the first draw."""
        self._stem, self._drawn = f"{seed}|{purpose}|{key}|", 0

    def below(self, limit: int) -> int:
        """Return a number from 0 to ``limit - 1``."""
        self._drawn += 1
        digest = sha256(f"{self._stem}{self._drawn}".encode()).digest()
        return int.from_bytes(digest[:16], "big") % limit

    def between(self, least: int, most: int) -> int:
        """Return a number from ``least`` to ``most``, both included."""
        return least + self.below(most - least + 1)

    def chance(self, per_mille: int) -> bool:
        """Return True ``per_mille`` times in a thousand."""
        return self.below(1000) < per_mille

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of ``choices``."""
        return choices[self.below(len(choices))]

    def weighted(self, choices: Sequence[tuple[T, int]]) -> T:
        """Return one of ``choices``, each as often as its weight says."""
        left = self.below(sum(weight for _, weight in choices))
        for choice, weight in choices:
            left -= weight
            if left < 0:
                return choice
        raise AssertionError("weights are above zero")

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return ``items`` in another order."""
        deck = list(items)
        for last in range(len(deck) - 1, 0, -1):
            other = self.below(last + 1)
            deck[last], deck[other] = deck[other], deck[last]
        return deck
