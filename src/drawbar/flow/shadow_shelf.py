"""What a shadow audit remembers between two bills: loads, names, bills, and what is in dispute."""

from typing import Protocol

from msgspec import Struct

from drawbar.flow.bill_state import BillState
from drawbar.flow.dispute_state import DisputeState
from drawbar.flow.shadow_load import Opened
from drawbar.flow.shadow_outcome import Asked
from drawbar.freight.freight_bill import (
    BillReceived,
    BillReviewed,
    BillWaitExpired,
    DisputeClosed,
)
from drawbar.freight.reference import ReferenceKey

BillFact = BillReceived | BillReviewed | BillWaitExpired | DisputeClosed


class Kept(Struct, frozen=True, kw_only=True):
    """A bill that may be judged again, or that a later one may correct.

    ``expired`` is what ends its wait for a shipment, None once it has one.
    """

    asked: Asked
    state: BillState
    expired: BillWaitExpired | None = None


class Shelf(Protocol):
    """What the audit remembers between bills."""

    def bearers(self, key: ReferenceKey) -> tuple[str, ...]:
        """Return the shipments that bear a name, in any order."""
        ...

    def name(self, key: ReferenceKey, shipment_ref: str) -> bool:
        """Let a shipment bear a name; return whether that is new."""
        ...

    def load(self, shipment_ref: str) -> Opened:
        """Return a load with what bills used of it so far."""
        ...

    def keep_load(self, opened: Opened) -> None:
        """Keep a load after a bill."""
        ...

    def bill(self, bill_ref: str) -> Kept | None:
        """Return a bill that was kept."""
        ...

    def keep_bill(self, kept: Kept, waits_for: tuple[ReferenceKey, ...]) -> None:
        """Keep a bill; it is woken when a shipment bears one of the names it waits for."""
        ...

    def dispute(self, dispute_ref: str) -> DisputeState | None:
        """Return a dispute that was kept."""
        ...

    def keep_dispute(self, state: DisputeState) -> None:
        """Keep a dispute: a later bill may end it by a credit, or add to it."""
        ...

    def woken(self, key: ReferenceKey) -> tuple[str, ...]:
        """Return the bills that wait for a name, which wait for it no more."""
        ...

    def waiting(self) -> tuple[str, ...]:
        """Return the bills that still wait for their shipment, in the order they came."""
        ...
