"""The connector that stands where there is none: it takes nothing, and never says that it did.

What is addressed to it comes back to people instead of waiting for somebody who never comes.
"""

from drawbar.connectors.port import Capabilities, Page, Sending
from drawbar.freight.delivery import Confirmed, Existing, Outcome, Rejected
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt


class Nobody:
    """Stands for a system that no connector serves, or not in this lane."""

    def __init__(self, system: str) -> None:
        """Stand for ``system``."""
        self._system = system

    @property
    def system(self) -> str:
        """Return the name under which deliveries were addressed."""
        return self._system

    def capabilities(self) -> Capabilities:
        """Return that it takes nothing and cannot be asked."""
        return Capabilities(kinds=frozenset(), can_find=False)

    def render(self, sending: Sending) -> bytes:
        """Return nothing: there is no wire."""
        del sending
        return b""

    def send(self, sending: Sending) -> Outcome:
        """Refuse."""
        return Rejected(text=f"nothing here brings a {type(sending.payload).__name__} there")

    def find(self, kind: str, business_key: str) -> tuple[str, ...]:
        """Return nothing."""
        del kind, business_key
        return ()

    def changes(self, flow: str, cursor: str) -> Page:
        """Return nothing new."""
        del flow
        return Page(items=(), cursor=cursor)

    def settled(self, page: Page) -> None:
        """Put nothing away."""

    def probe(self) -> bool:
        """Say that nothing hinders us from giving back what nobody takes."""
        return True

    def read_answer(
        self, sending: Sending, outcome: Confirmed | Existing, receipt: Receipt
    ) -> tuple[Fact, ...]:
        """Return nothing."""
        del sending, outcome, receipt
        return ()
