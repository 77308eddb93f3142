"""A sales order in the ERP's own words, each revision kept as it was."""

from datetime import datetime
from decimal import Decimal

import msgspec
from msgspec import Struct

from drawbar.freight.money import Currency
from drawbar.world.clock import Clock
from drawbar.world.exchange import Refusal
from drawbar.world.store import Store, stamp


class Address(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where something is; ``timezone`` is often missing in real life."""

    name: str
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = "US"
    timezone: str = ""


class Leg(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One stop, with times as the clock on its wall shows them."""

    type: str  # "ship_from" or "ship_to"
    address: Address
    window_from: datetime
    window_to: datetime
    appointment: datetime | None = None


class Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is moved: handling units of an item."""

    item: str
    description: str = ""
    quantity: int
    weight_lb: Decimal = Decimal(0)
    unit_price: Decimal | None = None


class SalesOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sales order. ``status`` is open or cancelled."""

    number: str
    customer: str
    status: str = "open"
    customer_po: str = ""
    bill_of_lading: str = ""
    currency: Currency = "USD"
    legs: tuple[Leg, ...] = ()
    lines: tuple[Line, ...] = ()
    equipment: str = "dry van"
    service: str = "standard"
    handling: str = ""
    memo: str = ""


class Owed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a customer owes for everything that others invoiced."""

    party: str
    amount: Decimal
    currency: Currency


_LAST = "SELECT revision, body FROM sales_order WHERE number = ?1 ORDER BY revision DESC LIMIT 1"


class Orders:
    """The open orders, and what customers owe besides."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep them in ``store``, stamped by ``clock``."""
        self._store, self._clock = store, clock

    def enter(self, order: SalesOrder) -> int:
        """Keep a new order or a new revision of it, and return the revision's number.

        The same words again are no revision.
        """
        body = msgspec.json.encode(order).decode()
        with self._store.write() as db:
            last = db.execute(_LAST, (order.number,)).fetchone()
            if last and last["body"] == body:
                return int(last["revision"])
            revision = int(last["revision"]) + 1 if last else 1
            db.execute(
                "INSERT INTO sales_order (number, revision, state, body, stamp)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    order.number,
                    revision,
                    order.status,
                    body,
                    stamp(self._clock.now()),
                ),
            )
        return revision

    def cancel(self, number: str) -> int:
        """Cancel an order by another revision of it. Raise ``Refusal`` where there is none."""
        rows = self._store.rows(_LAST, number)
        if not rows:
            raise Refusal("NOT_FOUND", f"no order {number}", status=404)
        order = msgspec.json.decode(rows[0]["body"], type=SalesOrder)
        return self.enter(msgspec.structs.replace(order, status="cancelled"))

    def owe(self, owed: Owed) -> None:
        """Note what a customer owes."""
        with self._store.write() as db:
            db.execute(
                "INSERT INTO receivable (party, amount, currency, stamp) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (party) DO UPDATE SET"
                " amount = excluded.amount, currency = excluded.currency, stamp = excluded.stamp",
                (owed.party, str(owed.amount), owed.currency, stamp(self._clock.now())),
            )
