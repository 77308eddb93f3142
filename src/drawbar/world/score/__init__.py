"""The scorer: what a run came to, counted from the truth, the ERP's books and the carriers' books.

It never asks the firm, so that it can prove it wrong. docs/scorer.md defines every figure.
"""

from datetime import datetime
from pathlib import Path

from drawbar.world.score.figures import Score
from drawbar.world.score.reading import NotALedger, NotAWorld, read_evidence
from drawbar.world.score.rule import DEFAULT, Rules
from drawbar.world.score.scoring import score
from drawbar.world.score.story import last_instant

__all__ = ["NotALedger", "NotAWorld", "Rules", "Score", "score", "score_world"]


def score_world(
    folder: Path,
    *,
    now: datetime | None = None,
    ledger: Path | None = None,
    open_cases: int | None = None,
    seconds: float | None = None,
    rules: Rules = DEFAULT,
) -> Score:
    """Return the score of the world in ``folder``; ``now`` is else the last instant of its truth.

    Raise ``NotAWorld``, ``NotALedger`` or ``NotTheTruth``.
    """
    evidence = read_evidence(folder, ledger)
    at = now or last_instant(evidence.truth)
    if at is None:
        raise NotAWorld(f"{folder}: nothing happened in this world")
    return score(evidence, now=at, rules=rules, open_cases=open_cases, seconds=seconds)
