"""Lineage: which bytes a fact came from, so that every number leads back to what was sent."""

from typing import Annotated

from msgspec import Meta, Struct

from drawbar.freight.instant import Instant

MessageRef = Annotated[str, Meta(description="Our reference of the raw message, M-…")]


class Lineage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a fact was read. ``place`` is a segment, a line or a JSON path, empty for the whole."""

    message_ref: MessageRef
    place: str = ""


class Receipt(Struct, frozen=True, kw_only=True):
    """What the door says of the bytes it took. ``times`` counts how often the same bytes came."""

    message_ref: str
    sender: str
    learned_at: Instant
    times: int = 1

    def at(self, place: str) -> Lineage:
        """Return the lineage of one place in these bytes."""
        return Lineage(message_ref=self.message_ref, place=place)
