"""The table of an audit's score as documents show it: each kind of bill, how right, how sure.

One column of figures holds all runs; where every run says the same, it is said once.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drawbar.world.score.answer import AnswerScore
    from drawbar.world.score.kind import KindScore

Runs = Sequence[tuple[float, "AnswerScore"]]
"""How many of a hundred loads were wrong, and what the audit of them came to."""

_TOTALS = (
    "loads wrong",
    "bills",
    "wrong bills",
    "touchless of clean bills",
    "recall",
    "precision",
    "approved falsely",
    "duplicates caught",
    "look-alikes held",
    "held wrongly",
)
_KINDS = ("kind", "bills", "right", "precision")
_TITLES = {"innocent": "only looks wrong", "error": "is wrong"}
_NONE = "–"


def markdown(runs: Runs) -> Iterator[str]:
    """Yield the lines of two tables: what each run came to, and every kind over all of them.

    A wrong kind is right where nothing beyond what is owed is paid (recall), any other where it is
    paid to the cent; precision is of the bills of which something was not paid.
    """
    yield from _table(_TOTALS, (_totals(wrong, score) for wrong, score in runs))
    yield ""
    yield from _table(_KINDS, _by_kind([score.kinds for _, score in runs]))


def _totals(wrong: float, score: "AnswerScore") -> tuple[str, ...]:
    audit = score.audit
    return (
        f"{wrong:g} %",
        f"{audit.bills:,}",
        f"{audit.judged.errors_due:,}",
        _percent(audit.touchless_pct),
        _percent(audit.recall_pct),
        _percent(audit.precision_pct),
        str(len(score.false_approvals)),
        f"{score.duplicates - score.duplicates_missed} of {score.duplicates}",
        f"{score.look_alikes_held} of {score.look_alikes:,}",
        f"{audit.held_wrongly_usd} USD",
    )


def _by_kind(runs: "Sequence[Iterable[KindScore]]") -> Iterator[tuple[str, ...]]:
    by_name = [{(one.nature, one.kind, one.currency): one for one in kinds} for kinds in runs]
    names = dict.fromkeys(name for kinds in by_name for name in kinds)
    nature = "clean"
    for name in sorted(names, key=lambda one: (("clean", "innocent", "error").index(one[0]), one)):
        if name[0] != nature:
            nature = name[0]
            yield f"*{_TITLES[nature]}*", "", "", ""
        yield _kind(name[1], [kinds.get(name) for kinds in by_name])


def _kind(kind: str, rows: "Sequence[KindScore | None]") -> tuple[str, ...]:
    return (
        f"`{kind}`",
        _once([f"{one.bills:,}" if one else "0" for one in rows]),
        _once([_percent(_right(one)) for one in rows]),
        _once([_percent(one.precision_pct if one else None) for one in rows]),
    )


def _right(one: "KindScore | None") -> float | None:
    if one is None:
        return None
    return one.paid_in_full_pct if one.caught is None else one.recall_pct


def _once(told: Sequence[str]) -> str:
    return told[0] if len(set(told)) == 1 else " / ".join(told)


def _percent(share: float | None) -> str:
    return _NONE if share is None else f"{share:.2f} %"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield f"| --- |{' ---: |' * (len(headings) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
