"""Cases by their cause: how many one answer would resolve, and how much money hangs on it.

Most work is one mapping, one rate or one missing document; the list shows the largest first.
"""

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from drawbar.freight.case import Case, CaseKind
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money, total


class Group(Struct, frozen=True, kw_only=True):
    """Cases of one kind and cause. ``cases`` are sorted by when they are due, never empty.

    ``money`` has one sum for each currency; ``unpriced`` counts the cases whose money is unknown.
    """

    kind: CaseKind
    cause: str
    cases: tuple[Case, ...]
    money: tuple[Money, ...]
    unpriced: int

    @property
    def count(self) -> int:
        """Return how many cases one answer would resolve."""
        return len(self.cases)

    @property
    def due_at(self) -> Instant:
        """Return when the first of them is due."""
        return self.cases[0].due_at


def grouped(cases: Iterable[Case]) -> tuple[Group, ...]:
    """Group cases by kind and cause, most cases first, then the one due first.

    A case without a cause stands alone: nothing says that another answer would resolve it.
    """
    groups: dict[tuple[str, ...], list[Case]] = defaultdict(list)
    for case in cases:
        alone = () if case.cause else (str(case.subject), case.item)
        groups[(case.kind.value, case.cause, *alone)].append(case)
    found = [_group(members) for members in groups.values()]
    return tuple(sorted(found, key=_largest_first))


def _largest_first(group: Group) -> tuple[object, ...]:
    first = group.cases[0]
    return (-group.count, group.due_at, group.kind, group.cause, str(first.subject), first.item)


def _group(members: list[Case]) -> Group:
    known = [case.money_at_risk for case in members if case.money_at_risk is not None]
    currencies = sorted({money.currency for money in known})
    return Group(
        kind=members[0].kind,
        cause=members[0].cause,
        cases=tuple(sorted(members, key=lambda case: (case.due_at, str(case.subject), case.item))),
        money=tuple(
            total((m for m in known if m.currency == currency), currency=currency)
            for currency in currencies
        ),
        unpriced=len(members) - len(known),
    )
