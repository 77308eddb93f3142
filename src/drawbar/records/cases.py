"""Cases on file: one open per kind, subject and item; what settles one says why and who."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from drawbar.freight.case import Case, CaseKind
from drawbar.freight.stream import StreamKey
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows, aside

_SQL = statements("cases")

CaseKey = tuple[str, str, str, str]
"""Kind, kind and reference of the subject (both empty for none), item."""


class CaseOpened(Struct, frozen=True, kw_only=True):
    """A case to open, and what it came from."""

    case: Case
    opened_at: datetime
    fact_id: int | None = None
    message_ref: str = ""

    @property
    def key(self) -> CaseKey:
        """Return what there is one open case of."""
        return case_key(self.case.kind, self.case.subject, self.case.item)


class CaseClosed(Struct, frozen=True, kw_only=True):
    """An open case to settle; ``by`` is empty where no person did."""

    key: CaseKey
    at: datetime
    because: str
    by: str = ""


CaseChange = CaseOpened | CaseClosed


def case_key(kind: CaseKind, subject: StreamKey | None, item: str) -> CaseKey:
    """Return what there is one open case of."""
    return (kind.value, subject.kind.value if subject else "", subject.ref if subject else "", item)


def change_cases(cursor: Rows, changes: Sequence[CaseChange]) -> None:
    """Open and settle cases in the order of ``changes``.

    Opening one that is open renews its words; settling one that is not open changes nothing.
    """
    for step in _steps(changes):
        opened = [change for change in step if isinstance(change, CaseOpened)]
        closed = [change for change in step if isinstance(change, CaseClosed)]
        if opened:
            aside(cursor).executemany(_SQL["open"], [_opening(change) for change in opened])
        if closed:
            aside(cursor).execute(_SQL["settle"], _settling(closed))


def settle(cursor: Rows, *, case_id: int, because: str, by: str, at: datetime) -> bool:
    """Settle a case for a person; false when it was not open."""
    values = {"case_id": case_id, "because": because, "by": by, "at": at}
    return cursor.execute(_SQL["settle_one"], values).rowcount == 1


def _steps(changes: Sequence[CaseChange]) -> list[list[CaseChange]]:
    """Return the changes so that each key is touched once in each step, in key order."""
    steps: list[dict[CaseKey, CaseChange]] = []
    seen: dict[CaseKey, int] = {}
    for change in changes:
        number = seen.get(change.key, 0)
        if number == len(steps):
            steps.append({})
        steps[number][change.key] = change
        seen[change.key] = number + 1
    return [[step[key] for key in sorted(step)] for step in steps]


def _opening(change: CaseOpened) -> dict[str, object]:
    kind, subject_kind, subject_ref, item = change.key
    case = change.case
    return {
        "kind": kind,
        "subject_kind": subject_kind,
        "subject_ref": subject_ref,
        "item": item,
        "cause": case.cause,
        "text": case.text,
        "remedy": case.remedy,
        "owner": case.owner,
        "due_at": case.due_at,
        "amount": case.money_at_risk.amount if case.money_at_risk else None,
        "currency": case.money_at_risk.currency if case.money_at_risk else None,
        "fact_id": change.fact_id,
        "message_ref": change.message_ref,
        "opened_at": change.opened_at,
    }


def _settling(changes: Sequence[CaseClosed]) -> dict[str, object]:
    return {
        "kinds": [change.key[0] for change in changes],
        "subject_kinds": [change.key[1] for change in changes],
        "subject_refs": [change.key[2] for change in changes],
        "items": [change.key[3] for change in changes],
        "ats": [change.at for change in changes],
        "becauses": [change.because for change in changes],
        "bys": [change.by for change in changes],
    }
