"""What is weak in the evidence of a line: it rests on times on which two sources do not agree.

As in the running firm the better source counts, and a person may find out which is right.
"""

from msgspec import structs

from drawbar.flow.shadow_load import Opened
from drawbar.flow.shadow_outcome import LineOutcome
from drawbar.freight.charge import ChargeKind
from drawbar.freight.verdict import LineVerdict
from drawbar.milestones.conflict import SourceConflict

_BY_TIME = frozenset({ChargeKind.DETENTION, ChargeKind.LAYOVER, ChargeKind.STORAGE})


def with_doubts(line: LineOutcome, verdict: LineVerdict, opened: Opened | None) -> LineOutcome:
    """Return the line with a step, and a sentence, for each conflict that it rests on."""
    found = [one for one in opened.conflicts if _rests_on(verdict, one, opened)] if opened else []
    if not found:
        return line
    texts = [f"Weak point: {one.text}; the better source counts." for one in found]
    return structs.replace(
        line,
        said=" ".join((line.said, *texts)),
        why=structs.replace(line.why, text=" ".join((line.why.text, *texts)))
        if line.why.text
        else line.why,
        steps=(*line.steps, *texts),
    )


def _rests_on(verdict: LineVerdict, conflict: SourceConflict, opened: Opened) -> bool:
    """Return whether what is paid on the line rests on the reports, or would by its kind."""
    facts = {
        key for one in opened.load.buy if one.charge_ref in verdict.uses for key in one.why.facts
    }
    if facts & set(conflict.keys):
        return True
    line = verdict.line
    return line.kind in _BY_TIME and not facts and line.stop in (0, conflict.stop)
