"""The memory of an audit between bills: the latest loads at hand, the others in the spool."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import msgpack, structs

from drawbar.cli.audit.spool import Spool, spelled
from drawbar.flow.dispute_state import DisputeState
from drawbar.flow.shadow_load import Opened
from drawbar.flow.shadow_shelf import Kept
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.reference import ReferenceKey

LOADS_AT_HAND = 2_000

_FROM_PAPERS = frozenset(
    {
        "shipment_ref",
        "order",
        "waterfall",
        "log",
        "pods",
        "approvals",
        "proofs",
        "certificates",
        "buy",
        "sell",
        "status",
        "contradiction",
    }
)
"""What of a load follows from its papers, and so need not be kept."""

_FIELDS = [one for one in structs.fields(ShipmentState) if one.name not in _FROM_PAPERS]
_Used: Any = msgspec.defstruct("_Used", [(one.name, one.type) for one in _FIELDS])
_encode = msgpack.Encoder().encode
_USED: Any = msgpack.Decoder(_Used)
_KEPT = msgpack.Decoder(Kept)
_DISPUTE = msgpack.Decoder(DisputeState)


class SpoolShelf:
    """Keeps what later bills must know. ``open_load`` prices a load when it is needed."""

    def __init__(
        self, spool: Spool, open_load: Callable[[str], Opened], *, loads_max: int = LOADS_AT_HAND
    ) -> None:
        """Begin with the names and loads of the spool; ``loads_max`` are kept at hand."""
        self._spool, self._loads_max = spool, loads_max
        self._open = open_load
        self._at_hand: OrderedDict[str, tuple[Opened, bool]] = OrderedDict()

    def bearers(self, key: ReferenceKey) -> tuple[str, ...]:
        """Return the shipments that bear a name."""
        return self._spool.bearers(key)

    def name(self, key: ReferenceKey, shipment_ref: str) -> bool:
        """Let a shipment bear a name; return whether that is new."""
        return self._spool.name(key, shipment_ref)

    def load(self, shipment_ref: str) -> Opened:
        """Return a load with what bills used of it so far."""
        found = self._at_hand.get(shipment_ref)
        if found is None:
            found = (self._reopened(shipment_ref), False)
            self._put(shipment_ref, found)
        self._at_hand.move_to_end(shipment_ref)
        return found[0]

    def keep_load(self, opened: Opened) -> None:
        """Keep a load after a bill."""
        self._put(opened.load.shipment_ref, (opened, True))

    def bill(self, bill_ref: str) -> Kept | None:
        """Return a bill that was kept."""
        query = "SELECT body FROM kept WHERE ref = ?"
        row = self._spool.rows.execute(query, (bill_ref,)).fetchone()
        return _KEPT.decode(row[0]) if row else None

    def keep_bill(self, kept: Kept, waits_for: tuple[ReferenceKey, ...]) -> None:
        """Keep a bill: it may be judged again, or another one may correct it."""
        ref = kept.state.bill.bill_ref
        rows = self._spool.rows
        rows.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (ref, _encode(kept)))
        rows.executemany(
            "INSERT INTO parked VALUES (?, ?)", [(spelled(key), ref) for key in waits_for]
        )

    def dispute(self, dispute_ref: str) -> DisputeState | None:
        """Return a dispute that was kept."""
        query = "SELECT body FROM disputes WHERE ref = ?"
        row = self._spool.rows.execute(query, (dispute_ref,)).fetchone()
        return _DISPUTE.decode(row[0]) if row else None

    def keep_dispute(self, state: DisputeState) -> None:
        """Keep a dispute: a later bill may end it by a credit, or add to it."""
        row = (state.dispute_ref, _encode(state))
        self._spool.rows.execute("INSERT OR REPLACE INTO disputes VALUES (?, ?)", row)

    def woken(self, key: ReferenceKey) -> tuple[str, ...]:
        """Return the bills that wait for a name, which wait for it no more."""
        name = (spelled(key),)
        found = self._spool.rows.execute("SELECT ref FROM parked WHERE name = ?", name).fetchall()
        if found:
            self._spool.rows.execute("DELETE FROM parked WHERE name = ?", name)
        return tuple(dict.fromkeys(ref for (ref,) in found))

    def waiting(self) -> tuple[str, ...]:
        """Return the bills that still wait for their shipment, in the order they came."""
        found = self._spool.rows.execute("SELECT DISTINCT ref FROM parked").fetchall()
        kept = ((ref, self.bill(ref)) for (ref,) in found)
        return tuple(ref for ref, one in kept if one is not None and one.expired is not None)

    def used_loads(self) -> set[str]:
        """Return the shipments that any bill was matched to."""
        self._write_all()
        return {ref for (ref,) in self._spool.rows.execute("SELECT ref FROM used")}

    def _put(self, ref: str, found: tuple[Opened, bool]) -> None:
        self._at_hand[ref] = found
        self._at_hand.move_to_end(ref)
        while len(self._at_hand) > self._loads_max:
            old_ref, (old, is_changed) = self._at_hand.popitem(last=False)
            if is_changed:
                self._write(old_ref, old)

    def _write_all(self) -> None:
        for ref, (opened, is_changed) in self._at_hand.items():
            if is_changed:
                self._write(ref, opened)

    def _write(self, ref: str, opened: Opened) -> None:
        used = _Used(**{one.name: getattr(opened.load, one.name) for one in _FIELDS})
        self._spool.rows.execute("INSERT OR REPLACE INTO used VALUES (?, ?)", (ref, _encode(used)))

    def _reopened(self, ref: str) -> Opened:
        opened = self._open(ref)
        row = self._spool.rows.execute("SELECT body FROM used WHERE ref = ?", (ref,)).fetchone()
        if row is None:
            return opened
        used = _USED.decode(row[0])
        said = {one.name: getattr(used, one.name) for one in _FIELDS}
        return structs.replace(opened, load=structs.replace(opened.load, **said))
