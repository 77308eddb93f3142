"""One case as a person works on it: what it is, what shares its cause, who has it, how it ended."""

from datetime import datetime

from msgspec import Struct

from drawbar.freight.money import Money
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("case_desk")
MEMBERS_MAX = 100


class CaseWorked(Struct, frozen=True, kw_only=True):
    """A case, open or not. ``person`` has taken it; ``fact`` is the key of what opened it."""

    case_id: int
    kind: str
    subject_kind: str
    subject_ref: str
    item: str
    cause: str
    text: str
    remedy: str
    owner: str
    due_at: datetime
    money: Money | None
    message_ref: str
    opened_at: datetime
    settled_at: datetime | None
    because: str
    settled_by: str
    person: str
    snoozed_until: datetime | None
    fact: str | None


class Member(Struct, frozen=True, kw_only=True):
    """Another open case of the same cause."""

    case_id: int
    subject_kind: str
    subject_ref: str
    message_ref: str
    text: str
    due_at: datetime


class Shared(Struct, frozen=True, kw_only=True):
    """How many open cases share a cause, this one too, and their money where it is known."""

    count: int
    money: Money | None
    others: tuple[Member, ...]


def worked_case(cursor: Rows, case_id: int) -> CaseWorked | None:
    """Return a case, None where there is none."""
    row = cursor.execute(_SQL["case"], {"case_id": case_id}).fetchone()
    if row is None:
        return None
    *head, amount, currency = row[:12]
    money = Money(amount, currency) if amount is not None else None
    values = (*head, money, *row[12:])
    return CaseWorked(**dict(zip(CaseWorked.__struct_fields__, values, strict=True)))


def shared(cursor: Rows, case: CaseWorked) -> Shared:
    """Return what shares the cause of a case; a case without a cause stands alone."""
    asked = {"kind": case.kind, "cause": case.cause, "case_id": case.case_id}
    count, amount, currency, currencies = cursor.execute(
        _SQL["members_counted"], asked
    ).fetchone() or (0, None, None, 0)
    rows = cursor.execute(_SQL["members"], asked | {"limit": MEMBERS_MAX})
    names = Member.__struct_fields__
    return Shared(
        count=max(count, 1),
        money=Money(amount, currency) if amount is not None and currencies == 1 else None,
        others=tuple(Member(**dict(zip(names, row, strict=True))) for row in rows),
    )


def take(cursor: Rows, *, case_id: int, person: str) -> bool:
    """Give an open case to a person, or back to its desk; false where it is not open."""
    values = {"case_id": case_id, "person": person}
    return cursor.execute(_SQL["take"], values).rowcount == 1


def snooze(cursor: Rows, *, case_id: int, until: datetime | None) -> bool:
    """Let nobody look at an open case until then; false where it is not open."""
    values = {"case_id": case_id, "until": until}
    return cursor.execute(_SQL["snooze"], values).rowcount == 1


def delivery_of(cursor: Rows, case: CaseWorked) -> int | None:
    """Return the delivery that the case of a stuck one is about."""
    asked = {
        "subject_kind": case.subject_kind,
        "subject_ref": case.subject_ref,
        "item": case.item,
    }
    row = cursor.execute(_SQL["delivery_of_case"], asked).fetchone()
    return int(row[0]) if row else None
