"""The plan of a new version: what it would do, and first of all what would have no price then."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from drawbar.flow.foresight import BillChange, Foreseen, Unpriced
from drawbar.freight.money import Money
from drawbar.freight.terms import ClaimCandidate


class Total(Struct, frozen=True, kw_only=True):
    """How many of something, and their sum in each currency."""

    count: int
    amounts: tuple[Money, ...]


class Line(Struct, frozen=True, kw_only=True):
    """What would change for one carrier, or on one lane: the accruals that it alters."""

    of: str
    accruals: Total


class Plan(Struct, frozen=True, kw_only=True):
    """What a new version of the company folder would do."""

    changes: tuple[str, ...]
    looked_at: int
    unpriced: tuple[Unpriced, ...]
    accruals: Total
    bills: tuple[BillChange, ...]
    invoices: Total
    candidates: tuple[ClaimCandidate, ...]
    claimed: Total
    by_carrier: tuple[Line, ...]
    by_lane: tuple[Line, ...]

    @property
    def is_nothing(self) -> bool:
        """Return whether the folder says what holds already."""
        return not self.changes

    @property
    def moves_money(self) -> bool:
        """Return whether anything would be priced, judged or listed otherwise."""
        counts = (self.accruals.count, self.invoices.count)
        return any(counts) or bool(self.unpriced or self.bills or self.candidates)


def planned(changes: Iterable[str], every: Iterable[Foreseen]) -> Plan:
    """Return all that would happen, from what would happen to each load."""
    loads = list(every)
    return Plan(
        changes=tuple(changes),
        looked_at=len(loads),
        unpriced=tuple(one for load in loads for one in load.unpriced),
        accruals=_total(load.accrual for load in loads),
        bills=tuple(one for load in loads for one in load.bills),
        invoices=_total(load.invoice for load in loads),
        candidates=tuple(one for load in loads for one in load.candidates),
        claimed=_total(one.difference for load in loads for one in load.candidates),
        by_carrier=_by(loads, lambda load: load.carrier_ref),
        by_lane=_by(loads, lambda load: load.lane),
    )


def _by(loads: Iterable[Foreseen], key: Callable[[Foreseen], str]) -> tuple[Line, ...]:
    groups: dict[str, list[Money]] = {}
    for load in loads:
        if load.accrual is not None:
            groups.setdefault(key(load), []).append(load.accrual)
    lines = [Line(of=of, accruals=_total(some)) for of, some in groups.items()]
    return tuple(sorted(lines, key=lambda line: (-line.accruals.count, line.of)))


def _total(amounts: Iterable[Money | None]) -> Total:
    """Add amounts up by currency; what is None does not count."""
    sums: dict[str, Money] = {}
    count = 0
    for money in amounts:
        if money is not None:
            count += 1
            before = sums.get(money.currency)
            sums[money.currency] = money if before is None else before + money
    return Total(count=count, amounts=tuple(sums[one] for one in sorted(sums)))
