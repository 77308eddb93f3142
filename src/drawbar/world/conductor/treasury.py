"""The treasury: the ERP pays carriers when vouchers fall due, and customers pay their invoices.

Once a night, by the ERP's own books; what was paid is not paid again.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from drawbar.world.conductor.cast import Cast
from drawbar.world.conductor.score_book import ScoreBook
from drawbar.world.store import stamp

NIGHT_HOUR_UTC = 8
"""Two in the morning in Chicago, when the pay run begins."""


class Treasury:
    """Who pays, and when."""

    def __init__(self, cast: Cast, book: ScoreBook) -> None:
        """Pay by the books of the cast's ERP."""
        self._cast, self._book = cast, book

    def turn(self, now: datetime) -> bool:
        """Pay what is watched, and at night what is due; say whether anything may be new."""
        watched = self._pay_watched(now)
        return self._pay_due(now) or watched

    def _pay_due(self, now: datetime) -> bool:
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

    def pay_soon(self, numbers: Iterable[str]) -> None:
        """Pay bills of these numbers as soon as they are vouchers: a visitor is watching."""
        soon = {*self._soon(), *numbers}
        self._book.note("pay soon", json.dumps(sorted(soon)))

    def _soon(self) -> set[str]:
        return set(json.loads(self._book.noted("pay soon") or "[]"))

    def _pay_watched(self, now: datetime) -> bool:
        """Pay what is watched and has become a voucher; say whether anything was paid."""
        waiting = self._soon()
        paid = {number for number in sorted(waiting) if self._pay(number, now)}
        if paid:
            self._book.note("pay soon", json.dumps(sorted(waiting - paid)))
        return bool(paid)

    def _pay(self, number: str, now: datetime) -> bool:
        run = {"kind": "voucher", "begins": f"{number}/", "paid_on": now.date().isoformat()}
        return bool(self._cast.erp.tell("/control/pay", run)["paid"])

    def next_due(self) -> datetime | None:
        """Return when the next pay run is."""
        last = self._book.noted("paid")
        return _last_night(datetime.fromisoformat(last)) + timedelta(days=1) if last else None


def _last_night(now: datetime) -> datetime:
    night = now.replace(hour=NIGHT_HOUR_UTC, minute=0, second=0, microsecond=0)
    return night if night <= now else night - timedelta(days=1)
