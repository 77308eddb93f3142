"""The port: what every connector can be asked, whatever system is behind it.

Nothing that a system returns is proof; what counts is what can be read back under our own key.
"""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from drawbar.freight.control_number import ControlNumbers
from drawbar.freight.delivery import AnyPayload, Confirmed, Existing, Outcome
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt
from drawbar.freight.receipt import ReceiptTerms
from drawbar.freight.stream import StreamKey


class Sending(Struct, frozen=True, kw_only=True):
    """One delivery as a connector gets it. ``number`` is unique per delivery and never reused.

    ``attempt`` counts from 1; what is sent on every attempt is the same, also ``control``, the
    numbers under which the far side counts it, where it does.
    """

    number: int
    business_key: str
    stream: StreamKey
    payload: AnyPayload
    attempt: int = 1
    control: ControlNumbers | None = None


class Item(Struct, frozen=True, kw_only=True):
    """One raw thing read from a system. ``key`` is the same when the same thing is read again."""

    channel: str
    key: str
    body: bytes
    content_type: str


class Page(Struct, frozen=True, kw_only=True):
    """What was new since a cursor; the cursor to go on from is stored with what came of it."""

    items: tuple[Item, ...]
    cursor: str
    more: bool = False


class Capabilities(Struct, frozen=True, kw_only=True):
    """What the far side can do. ``kinds`` are the stored names of deliveries it takes.

    ``can_find`` says that it can be asked for our key after an unknown outcome; without it, a
    person is asked. ``flows`` are the names that ``changes`` knows; ``echoes`` are those of them in
    which what it was told shows at once, None for all. ``numbered`` says of each kind that goes out
    under control numbers in which type of group; ``receipts`` what the far side owes us for it.
    """

    kinds: frozenset[str]
    flows: tuple[str, ...] = ()
    echoes: tuple[str, ...] | None = None
    can_find: bool = True
    concurrency: int = 4
    rate_per_second: float | None = None
    numbered: Mapping[str, str] = {}
    receipts: Mapping[str, ReceiptTerms] = {}


class Connector(Protocol):
    """A system that takes deliveries, can be asked, and can be read."""

    @property
    def system(self) -> str:
        """Return the name under which deliveries are addressed to it."""

    def capabilities(self) -> Capabilities:
        """Return what the far side can do."""

    def render(self, sending: Sending) -> bytes:
        """Return the exact bytes that ``send`` puts on the wire: kept before the call."""

    def send(self, sending: Sending) -> Outcome:
        """Bring the effect about once. Never raises for what the network does: that is Unknown."""

    def find(self, kind: str, business_key: str) -> tuple[str, ...]:
        """Return the documents that the far side holds under our key: none, one, or a case.

        Raise ``Unreachable`` when it cannot be asked now.
        """

    def changes(self, flow: str, cursor: str) -> Page:
        """Return what is new since ``cursor``, empty for the beginning. Raise ``Unreachable``."""

    def settled(self, page: Page) -> None:
        """Learn that the items of ``page`` are kept on our side (a file may be put away now)."""

    def probe(self) -> bool:
        """Ask the safest question there is; true when the far side is well."""

    def read_answer(
        self, sending: Sending, outcome: Confirmed | Existing, receipt: Receipt
    ) -> tuple[Fact, ...]:
        """Return what the answer says beyond "done", such as the pieces that a WMS reserved."""


class Unreachable(ConnectionError):
    """The far side does not answer. Try again later; nothing was changed by asking."""
