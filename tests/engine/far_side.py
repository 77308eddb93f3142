"""A far side that does what a test tells it: a warehouse that remembers what it did."""

import threading
from collections.abc import Callable

from drawbar.connectors.port import Capabilities, Item, Page, Sending, Unreachable
from drawbar.engine.delivering import Deliverer
from drawbar.engine.engine import Engine
from drawbar.engine.settling import Post
from drawbar.freight.delivery import Confirmed, Existing, Lane, Outcome, Unknown
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt


class Warehouse:
    """Reserves goods once per key, unless ``mood`` says otherwise for the next calls."""

    system = "wms"
    kinds = frozenset({"ReserveStock", "ReleaseStock"})

    def __init__(self) -> None:
        self.done: dict[str, list[str]] = {}
        self.calls: list[str] = []
        self.mood: list[Callable[[Sending], Outcome]] = []
        self.is_well = True
        self.probes = 0
        self.can_find = True
        self.pages: list[Page] = []
        self.put_away: list[str] = []
        self._lock = threading.Lock()

    def capabilities(self) -> Capabilities:
        return Capabilities(kinds=self.kinds, can_find=self.can_find)

    def render(self, sending: Sending) -> bytes:
        return f"reserve {sending.business_key}".encode()

    def send(self, sending: Sending) -> Outcome:
        with self._lock:
            self.calls.append(f"send {sending.business_key}")
            mood = self.mood.pop(0) if self.mood else self.reserve
        return mood(sending)

    def reserve(self, sending: Sending) -> Outcome:
        documents = self.done.setdefault(sending.business_key, [])
        documents.append(f"D-{sending.number}")
        return Confirmed(document=documents[-1], said=b"done")

    def reserve_but_lose_the_answer(self, sending: Sending) -> Outcome:
        self.reserve(sending)
        return Unknown(text="time-out")

    def find(self, kind: str, business_key: str) -> tuple[str, ...]:
        self.calls.append(f"find {business_key}")
        if not self.is_well:
            raise Unreachable("no route")
        return tuple(self.done.get(business_key, ()))

    def changes(self, flow: str, cursor: str) -> Page:
        number = int(cursor or 0)
        return self.pages[number] if number < len(self.pages) else Page(items=(), cursor=cursor)

    def settled(self, page: Page) -> None:
        self.put_away += [item.key for item in page.items]

    def probe(self) -> bool:
        self.probes += 1
        return self.is_well

    def read_answer(
        self, sending: Sending, outcome: Confirmed | Existing, receipt: Receipt
    ) -> tuple[Fact, ...]:
        return ()


def deliverer(engine: Engine, warehouse: Warehouse, **options: int) -> Deliverer:
    return Deliverer(engine, Post(warehouse, Lane.DISPATCH), **options)


def page(*items: tuple[str, bytes], cursor: str) -> Page:
    return Page(
        items=tuple(
            Item(channel="toy", key=key, body=body, content_type="application/json")
            for key, body in items
        ),
        cursor=cursor,
    )
