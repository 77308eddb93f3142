"""The end of a world: the truth is unsealed, and the scorer says what the firm made of it."""

import json

from drawbar.cli.demo.ledger import write_ledger
from drawbar.cli.demo.run import Running, Wish
from drawbar.records.desk import counts
from drawbar.world.score import Rules, Score, score_world


def score_of(running: Running, wish: Wish, seconds: float | None = None) -> Score:
    """Return the score of a world as it stands now."""
    running.book.unseal()
    return score_world(
        wish.folder,
        now=running.play.now,
        ledger=write_ledger(running.firm.reads, wish.folder / "ledger.jsonl"),
        open_cases=_open_cases(running),
        seconds=None if seconds is None else round(seconds, 1),
        rules=Rules(in_hand=_in_hand(running)),
    )


def told_score(running: Running, wish: Wish, seconds: float, *, as_json: bool) -> str:
    """Return the score as text, or as JSON for a program."""
    return told_figures(score_of(running, wish, seconds), running, as_json=as_json)


def told_figures(score: Score, running: Running, *, as_json: bool) -> str:
    """Return the headline of a score, with who was killed where anybody could be."""
    kills = running.mischief.kills
    figures = score.headline() | ({"killed": kills} if kills else {})
    if as_json:
        return json.dumps(figures, indent=2, default=str)
    return "\n".join(f"{name.replace('_', ' '):26}{value!s:>18}" for name, value in figures.items())


def _open_cases(running: Running) -> int:
    with running.firm.reads.connection() as connection, connection.cursor() as cursor:
        return sum(one.count for one in counts.cases_by_owner(cursor))


_IN_HAND = """
SELECT subject_ref FROM cases WHERE settled_at IS NULL AND subject_ref <> ''
UNION SELECT b.invoice_number FROM cases c JOIN freight_bills b ON b.ref = c.subject_ref
       WHERE c.settled_at IS NULL
UNION SELECT ref FROM orders WHERE status IN ('on_hold', 'back_ordered')
"""
"""What a person of ours looks after is not lost, though nobody outside can see it yet."""


def _in_hand(running: Running) -> frozenset[str]:
    with running.firm.reads.connection() as connection, connection.cursor() as cursor:
        return frozenset(ref for (ref,) in cursor.execute(_IN_HAND).fetchall() if ref)
