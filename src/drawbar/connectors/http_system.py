"""The half of a connector that is alike for all asked over HTTP; the rest is what is said."""

from abc import ABC, abstractmethod
from typing import Protocol

from msgspec import Struct

from drawbar.connectors.line import Line, LineSettings, NoReply, NotAsExpected
from drawbar.connectors.port import Page, Sending
from drawbar.connectors.unsayable import Unsayable
from drawbar.freight.delivery import Confirmed, Existing, Outcome, Rejected, Unknown
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt


class Reached(Protocol):
    """What the settings of such a system say: its name, and where it is."""

    @property
    def system(self) -> str:
        """Return the name under which deliveries are addressed to it."""

    @property
    def line(self) -> LineSettings:
        """Return where it is and how long we wait."""


class _Health(Struct, frozen=True):
    well: bool = False


class HttpSystem(ABC):
    """A system with one line. What has no usable answer is unknown, never refused."""

    def __init__(self, reached: Reached) -> None:
        """Ask where ``reached`` says."""
        self._reached, self._line = reached, Line(reached.line)

    @property
    def system(self) -> str:
        """Return the name under which deliveries are addressed to it."""
        return self._reached.system

    def render(self, sending: Sending) -> bytes:
        """Return what is sent, empty for what ``send`` will refuse."""
        try:
            return self._body(sending)
        except Unsayable:
            return b""

    def send(self, sending: Sending) -> Outcome:
        """Bring it about once; on a later attempt see first what stands there already."""
        try:
            return self._bring(sending)
        except Unsayable as error:
            return Rejected(text=str(error), field=error.field)
        except NoReply as error:
            return Unknown(text=str(error), busy_seconds=error.busy_seconds)
        except NotAsExpected as error:
            return Unknown(text=str(error))

    def settled(self, page: Page) -> None:
        """Put nothing away: the system keeps what it told."""
        del page

    def probe(self) -> bool:
        """Ask the system whether it is well."""
        try:
            return self._line.ask("GET", "/health").read(_Health).well
        except (NoReply, NotAsExpected):
            return False

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def read_answer(
        self, sending: Sending, outcome: Confirmed | Existing, receipt: Receipt
    ) -> tuple[Fact, ...]:
        """Return nothing: what came of it is read from what the system tells later."""
        del sending, outcome, receipt
        return ()

    @abstractmethod
    def _body(self, sending: Sending) -> bytes:
        """Return the exact bytes. Raise ``Unsayable``."""

    @abstractmethod
    def _bring(self, sending: Sending) -> Outcome:
        """Bring it about once. Raise ``Unsayable``, ``NoReply``, ``NotAsExpected``."""
