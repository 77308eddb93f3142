"""The score of a world: every figure by its name, and the rows that each was counted from."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct

from drawbar.world.score.audit import AuditScore
from drawbar.world.score.carrier import CarrierScore
from drawbar.world.score.finding import Finding
from drawbar.world.score.kind import KindScore
from drawbar.world.score.ledger import BookScore
from drawbar.world.score.road import RoadScore
from drawbar.world.truth import Seal

MUST_BE_ZERO = ("false_approvals", "lost", "doubled", "ledger_balance", "erp_difference")


class Score(Struct, frozen=True, kw_only=True):
    """The score of one world at ``now``. Amounts that end in ``_usd`` are US dollars only.

    ``open_cases`` and ``seconds`` are what the caller said. ``not_yet_judged`` are the kinds that
    the firm does not claim to judge; they are in no figure but those that name them.
    """

    now: datetime
    seal: Seal | None
    open_cases: int | None
    seconds: float | None
    road: RoadScore
    audit: AuditScore
    books: BookScore
    kinds: tuple[KindScore, ...]
    not_yet_judged: tuple[KindScore, ...]
    carriers: tuple[CarrierScore, ...]
    false_approvals: tuple[Finding, ...]
    lost: tuple[Finding, ...]
    doubled: tuple[Finding, ...]

    def headline(self) -> dict[str, Any]:
        """Return the figures of the headline by name, in their order, ready for JSON."""
        figures: dict[str, Decimal | float | None] = {
            "orders": self.road.orders,
            "dispatched": self.road.dispatched,
            "delivered": self.road.delivered,
            "invoiced": self.road.invoiced,
            "bills": self.audit.bills,
            "clean_bills": self.audit.judged.clean,
            "touchless_pct": self.audit.touchless_pct,
            "false_approvals": len(self.false_approvals),
            "missed_overcharge_usd": self.audit.missed_overcharge_usd,
            "held_wrongly_usd": self.audit.held_wrongly_usd,
            "reconciled_pct": self.audit.reconciled_pct,
            "open_cases": self.open_cases,
            "injected_faults": self.road.injected_faults,
            "lost": len(self.lost),
            "doubled": len(self.doubled),
            "ledger_balance": self.books.ledger_balance,
            "erp_difference": self.books.erp_difference,
            "seconds": self.seconds,
        }
        return {name: ready(value) for name, value in figures.items()}

    def everything(self) -> dict[str, Any]:
        """Return the headline and, under ``detail``, all that is behind it, ready for JSON."""
        return self.headline() | {"detail": ready(self)}

    @property
    def broken(self) -> tuple[str, ...]:
        """Return the names of the figures that must be zero and are not."""
        figures = self.headline()
        return tuple(name for name in MUST_BE_ZERO if Decimal(str(figures[name] or 0)))


def ready(value: object) -> Any:
    """Return a value as JSON knows it: amounts and instants are text."""
    return msgspec.to_builtins(value, str_keys=True)
