"""What an import came to, for people and for programs, and which exit code says so."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from enum import IntEnum

import msgspec

from drawbar.cli.import_run import Imported

PROBLEMS_SHOWN = 20


class Exit(IntEnum):
    """How an import ended, as the shell sees it."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    INVALID = 4
    PARTIAL = 8


def exit_of(imported: Imported) -> Exit:
    """Return OK, INVALID where nothing could be taken, or PARTIAL where something was left out."""
    learned = imported.learned
    refused = learned.conflicting + learned.dead if learned else 0
    left_out = (
        imported.problems
        or imported.unresolved
        or imported.dead_messages
        or imported.stopped
        or refused
    )
    if not left_out:
        return Exit.OK
    return Exit.PARTIAL if imported.progress.facts else Exit.INVALID


def figures(imported: Imported) -> dict[str, object]:
    """Return counts and sums by name; amounts are text, so that no program rounds them."""
    progress = imported.progress
    return {
        "lines": progress.lines,
        **(_ends(imported) if imported.is_history else {"orders": imported.ends.orders}),
        "cases": len(imported.problems),
        "facts": progress.facts,
        **_written(imported),
        "facts_per_second": progress.facts_per_second,
        "seconds": round(progress.seconds, 1),
    }


def told(imported: Imported) -> Iterator[str]:
    """Return what went wrong, line by line, at most so much that a person reads it."""
    for problem in imported.problems[:PROBLEMS_SHOWN]:
        yield f"{problem.text} {problem.remedy}"
    more = imported.problems[PROBLEMS_SHOWN:]
    for cause, n in Counter(problem.cause for problem in more).most_common(PROBLEMS_SHOWN):
        yield f"… and {n} more like {cause}"
    if imported.unresolved:
        shown = ", ".join(imported.unresolved[:5])
        yield (
            f"{len(imported.unresolved)} costs stand on lines that this file lacks, or point in a "
            f"circle: {shown}. They wait for those lines; import them, or correct the cells."
        )
    if imported.learned and imported.learned.conflicting:
        yield (
            f"{imported.learned.conflicting} facts were told before in other words; the first "
            "stand, and each is a case."
        )
    for error in imported.dead_messages:
        yield f"Kept, but not applied: {error}"
    if imported.stopped:
        yield f"The file was not read to its end: {imported.stopped}"


def _ends(imported: Imported) -> dict[str, object]:
    ends = msgspec.structs.asdict(imported.ends)
    sums = {
        f"priced_{currency.lower()}": _amount(sum_)
        for currency, sum_ in sorted(ends.pop("priced_by_currency").items())
    }
    del ends["orders"]
    return {"priced": ends.pop("priced"), **sums, **ends}


def _written(imported: Imported) -> dict[str, object]:
    learned = imported.learned
    if learned is None:
        return {}
    return {
        "already_known": learned.duplicate,
        "applied": learned.applied,
        "waiting": learned.parked,
        "conflicting": learned.conflicting,
        "dead": learned.dead + len(imported.dead_messages),
    }


def _amount(sum_: Decimal) -> str:
    return f"{sum_:f}"
