"""A small theatre: the real ERP, warehouse, carrier and telematics in threads, and a firm of one.

The firm keeps what it is handed, and tenders to the one carrier when a test says so.
"""

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import structs

from drawbar.world.carrier_api.carrier import ApiCarrier
from drawbar.world.carrier_api.desk import ApiDesk
from drawbar.world.clock import Clock
from drawbar.world.conductor import Cast, Conductor, Paper, ScoreBook
from drawbar.world.erp.office import Office
from drawbar.world.fault import Faults
from drawbar.world.listener import Listener, Routes
from drawbar.world.plan import Asked, Plan, plan_of
from drawbar.world.telematics.desk import TelematicsDesk
from drawbar.world.telematics.telematics import Telematics
from drawbar.world.wms import Warehouse

ASKED = Asked(seed=7, begins_on=date(2026, 9, 7), days=3, loads_per_day=8)
BEGIN = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)
PLAYERS = ("erp", "wms", "northlake", "roadsense")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@cache
def the_plan() -> Plan:
    """Return a plan in which only those are away who play here."""
    plan = plan_of(ASKED)
    outages = tuple(one for one in plan.outages if one.subject in PLAYERS)
    return structs.replace(plan, outages=outages)


class LittleFirm:
    """Comes to rest at once. ``at_rest`` is what it does first; what it returns was told."""

    def __init__(self) -> None:
        self.settled: list[tuple[datetime, frozenset[str]]] = []
        self.papers: list[Paper] = []
        self.refuses: set[str] = set()
        self.at_rest: list[Callable[[], Collection[str]]] = []
        self.due: datetime | None = None

    def settle(self, now: datetime, news: Collection[str]) -> Collection[str]:
        self.settled.append((now, frozenset(news)))
        return self.at_rest.pop(0)() if self.at_rest else ()

    def hand_in(self, paper: Paper) -> bool:
        if paper.path in self.refuses:
            return False
        self.papers.append(paper)
        return True

    def next_due(self) -> datetime | None:
        return self.due


class Theatre:
    """One world on the disk; it may be opened again and again, as after a crash."""

    def __init__(self, folder: Path, routes: dict[str, tuple[Routes, Clock, Faults]]) -> None:
        self.folder, self.firm = folder, LittleFirm()
        self.listeners = {
            name: Listener(one, port=0, clock=clock, faults=faults)
            for name, (one, clock, faults) in routes.items()
        }
        addresses = {name: one.address for name, one in self.listeners.items()}
        self.cast = Cast(addresses, carriers={"NRTH": "northlake"}, telematics="roadsense")
        self.book = ScoreBook(folder)
        self.conductor = self.opened()

    def opened(self) -> Conductor:
        """Return a conductor as a new process would have it."""
        self.book.close()
        self.book = ScoreBook(self.folder)
        return Conductor(the_plan(), cast=self.cast, book=self.book, firm=self.firm)

    def reopen(self) -> None:
        self.conductor = self.opened()

    def tender(self, order: str, *, pay: str = "1000.00", version: int = 1, **more: Any) -> None:
        """Tender an order to the carrier, as a firm does."""
        stops = [("pickup", "Dallas", "TX", 9), ("delivery", "Chicago", "IL", 11)]
        self.cast.desks["northlake"].tell(
            "/loads",
            {
                "reference": f"k-{order}-{version}-{more.get('action', 'offer')}",
                "tender_id": f"S-{order}-V{version}T1",
                "shipment_id": f"S-{order}",
                "references": {"order": order},
                "stops": [
                    {
                        "sequence": number,
                        "kind": kind,
                        "city": city,
                        "state": state,
                        "opens": f"2026-09-{day:02}T13:00:00Z",
                        "closes": f"2026-09-{day:02}T15:00:00Z",
                    }
                    for number, (kind, city, state, day) in enumerate(stops, start=1)
                ],
                "rate": pay,
                **more,
            },
        )

    def erp(self, path: str, body: Any = None, **more: Any) -> Any:
        return self.cast.erp.tell(path, body, **more)

    def voucher(self, number: str, amount: str, *, due_on: date, kind: str = "voucher") -> None:
        """Post a voucher for a carrier's bill, or an invoice to a customer, as the firm would."""
        put = self.erp(
            "/api/documents",
            {
                "kind": kind,
                "reference": f"{number}/1",
                "party": "NRTH" if kind == "voucher" else "GLOBEX",
                "currency": "USD",
                "dated": "2026-09-07",
                "due_on": due_on.isoformat(),
                "lines": [
                    {"account": "5100", "debit": amount},
                    {"account": "2000", "credit": amount},
                ],
                "total": amount,
            },
        )
        self.erp(f"/api/documents/{put['id']}/post")

    def payments(self) -> list[tuple[str, str]]:
        """Return what was paid, by the reference of what it pays."""
        rows = self.erp("/api/changes/payments?limit=500", method="GET")["rows"]
        return [(one["reference"], one["amount"]) for one in rows]

    def said(self) -> list[str]:
        """Return what the carrier said so far, by the kinds of its events."""
        found = self.cast.desks["northlake"].tell("/events?limit=500", method="GET")
        return [one["type"] for one in found["events"]]


@contextmanager
def theatre(folder: Path) -> Iterator[Theatre]:
    clocks = [Clock() for _ in range(4)]
    office = Office(folder / "erp", clocks[0])
    warehouse = Warehouse(folder / "wms", clocks[1])
    carrier = ApiCarrier(folder / "northlake")
    telematics = Telematics(folder / "roadsense")
    routes = (
        office.routes(),
        warehouse.routes(),
        ApiDesk(carrier, clocks[2]).routes(),
        TelematicsDesk(telematics, clocks[3]).routes(),
    )
    faults = [Faults() for _ in PLAYERS]
    desks = zip(routes, clocks, faults, strict=True)
    made = Theatre(folder, dict(zip(PLAYERS, desks, strict=True)))
    threads = [threading.Thread(target=one.listen) for one in made.listeners.values()]
    for thread in threads:
        thread.start()
    try:
        yield made
    finally:
        made.cast.close()
        for listener in made.listeners.values():
            listener.close()
        for thread in threads:
            thread.join()
        made.book.close()
        for store in (office._store, warehouse._store, carrier.store, telematics.store):
            store.close()
