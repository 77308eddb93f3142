"""The treasury: the ERP pays carriers when vouchers fall due, and customers pay their invoices.

Once a night, by the ERP's own books; what was paid is not paid again.
"""

from datetime import datetime, timedelta

from drawbar.world.conductor.cast import Cast
from drawbar.world.conductor.score_book import ScoreBook
from drawbar.world.plan import Plan
from drawbar.world.store import stamp

NIGHT_HOUR_UTC = 8
"""Two in the morning in Chicago, when the pay run begins."""


class Treasury:
    """Who pays, and when."""

    def __init__(self, plan: Plan, cast: Cast, book: ScoreBook) -> None:
        """Pay by the books of the cast's ERP."""
        self._plan, self._cast, self._book = plan, cast, book

    def turn(self, now: datetime) -> bool:
        """Pay what is due, where a night has begun since the last time; say whether it had."""
        last = self._book.noted("paid")
        if not last:
            self._book.note("paid", stamp(now))
            return False
        if datetime.fromisoformat(last) >= _last_night(now):
            return False
        for kind in ("voucher", "invoice"):
            run = {
                "kind": kind,
                "paid_on": now.date().isoformat(),
                "due_by": now.date().isoformat(),
            }
            self._cast.erp.tell("/control/pay", run)
        self._book.note("paid", stamp(now))
        return True

    def next_due(self) -> datetime | None:
        """Return when the next pay run is."""
        last = self._book.noted("paid")
        return _last_night(datetime.fromisoformat(last)) + timedelta(days=1) if last else None


def _last_night(now: datetime) -> datetime:
    night = now.replace(hour=NIGHT_HOUR_UTC, minute=0, second=0, microsecond=0)
    return night if night <= now else night - timedelta(days=1)
