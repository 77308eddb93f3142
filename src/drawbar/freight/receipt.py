"""Receipts: what a partner's system owes us for what we sent, and what to do where it is silent."""

from datetime import timedelta
from typing import Annotated

from msgspec import Meta, Struct

from drawbar.freight.fact import Fact
from drawbar.freight.instant import Instant
from drawbar.freight.stream import StreamKey

Minutes = Annotated[int, Meta(ge=1, le=43_200)]


class Fallback(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The way round a partner's silence: whom a person tells instead, how, and after how long.

    ``by`` is a word such as e-mail, portal or phone, ``to`` an address or a number.
    """

    by: str
    to: str
    after_minutes: Minutes

    def __str__(self) -> str:
        return f"by {self.by} to {self.to}"


class ReceiptTerms(Struct, frozen=True, kw_only=True):
    """What a partner owes for one kind of sending: a receipt in so many minutes.

    ``due_minutes`` is None where it sends none.
    """

    due_minutes: Minutes | None = None
    fallback: Fallback | None = None

    def from_now(self, now: Instant) -> "ReceiptOwed":
        """Return by when it is owed for what went out just now."""
        due, way = self.due_minutes, self.fallback
        return ReceiptOwed(
            due_at=None if due is None else now + timedelta(minutes=due),
            fallback_at=None if way is None else now + timedelta(minutes=way.after_minutes),
            fallback="" if way is None else str(way),
        )


class ReceiptOwed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By when a partner's receipt is due; from ``fallback_at`` on a person goes the other way."""

    due_at: Instant | None = None
    fallback_at: Instant | None = None
    fallback: str = ""


class ReceiptOverdue(Fact, frozen=True, kw_only=True):
    """A partner has not confirmed in time that it could read what we sent.

    ``control`` is its type and number of group, ``business_key`` our key of the sending.
    ``fallback`` is the other way, once it is time for that.
    """

    system: str
    control: str
    business_key: str
    stream: StreamKey
    fallback: str = ""
