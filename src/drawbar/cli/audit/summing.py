"""Sums over all bills: what was billed, what is payable, what is saved and why."""

import heapq
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from drawbar.cli.audit.document import AuditedBill, ReasonSums, Sums

LARGEST = 10
NOTHING = Decimal("0.00")
NOBODY = "(no shipment)"


class _Sum(Struct):
    bills: int = 0
    billed: Decimal = NOTHING
    payable: Decimal = NOTHING
    not_owed: Decimal = NOTHING
    undecided: Decimal = NOTHING
    claimed: Decimal = NOTHING

    def add(self, bill: AuditedBill) -> None:
        self.bills += 1
        self.billed += bill.billed
        self.payable += bill.payable
        self.not_owed += bill.not_owed
        self.undecided += bill.undecided
        self.claimed += bill.claimed


class _Reason(Struct):
    lines: int = 0
    bills: int = 0
    not_owed: Decimal = NOTHING
    undecided: Decimal = NOTHING
    claimed: Decimal = NOTHING


class Tally:
    """Adds bills up, one at a time."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.bills = self.lines = 0
        self.decisions: Counter[str] = Counter()
        self._totals: dict[tuple[str, str], _Sum] = {}
        self._carriers: dict[tuple[str, str], _Sum] = {}
        self._lanes: dict[tuple[str, str], _Sum] = {}
        self._reasons: dict[tuple[str, str], _Reason] = {}
        self._largest: list[tuple[Decimal, str, AuditedBill]] = []

    def add(self, bill: AuditedBill) -> None:
        """Count one bill."""
        self.bills += 1
        self.lines += len(bill.lines)
        self.decisions[bill.decision] += 1
        for sums, key in (
            (self._totals, "all"),
            (self._carriers, bill.carrier),
            (self._lanes, bill.lane or NOBODY),
        ):
            sums.setdefault((key, bill.currency), _Sum()).add(bill)
        self._add_reasons(bill)
        if bill.saved > 0:
            heapq.heappush(self._largest, (bill.saved, bill.bill_ref, bill))
            if len(self._largest) > LARGEST:
                heapq.heappop(self._largest)

    @property
    def largest(self) -> list[AuditedBill]:
        """Return the bills with the largest savings, the largest first."""
        return [one for _, _, one in sorted(self._largest, key=lambda one: (-one[0], one[1]))]

    @property
    def totals(self) -> tuple[Sums, ...]:
        """Return the sums of all bills, one for each currency."""
        return _sums(self._totals)

    @property
    def carriers(self) -> tuple[Sums, ...]:
        """Return the sums by carrier, the largest saving first."""
        return _sums(self._carriers)

    @property
    def lanes(self) -> tuple[Sums, ...]:
        """Return the sums by lane, the largest saving first."""
        return _sums(self._lanes)

    @property
    def reasons(self) -> tuple[ReasonSums, ...]:
        """Return the sums by reason, the most money first."""
        found = [
            ReasonSums(
                reason=reason,
                currency=currency,
                lines=one.lines,
                bills=one.bills,
                not_owed=one.not_owed,
                undecided=one.undecided,
                claimed=one.claimed,
            )
            for (reason, currency), one in self._reasons.items()
        ]
        return tuple(
            sorted(
                found,
                key=lambda one: (-(one.not_owed + one.claimed), -one.undecided, one.reason),
            )
        )

    def _add_reasons(self, bill: AuditedBill) -> None:
        met = set()
        for line in bill.lines:
            if not line.reason or not (line.disputed or line.claimed):
                continue
            one = self._reasons.setdefault((line.reason, bill.currency), _Reason())
            one.lines += 1
            one.bills += line.reason not in met
            met.add(line.reason)
            one.claimed += line.claimed
            if line.is_open:
                one.undecided += line.disputed
            else:
                one.not_owed += line.disputed
        self._add_header(bill)

    def _add_header(self, bill: AuditedBill) -> None:
        """Count what a header says beside its lines where the bill as a whole was stopped."""
        rest = bill.disputed - sum((line.disputed for line in bill.lines), NOTHING)
        one = self._reasons.get((bill.reason, bill.currency))
        if one is not None and bill.undecided == bill.disputed:
            one.undecided += rest


def _sums(found: dict[tuple[str, str], _Sum]) -> tuple[Sums, ...]:
    every: Iterable[Sums] = (
        Sums(
            key=key,
            currency=currency,
            bills=one.bills,
            billed=one.billed,
            payable=one.payable,
            not_owed=one.not_owed,
            undecided=one.undecided,
            claimed=one.claimed,
            saved=one.not_owed + one.claimed,
        )
        for (key, currency), one in found.items()
    )
    return tuple(sorted(every, key=lambda one: (-one.saved, one.key, one.currency)))
