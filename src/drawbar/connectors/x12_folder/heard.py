"""One set as we heard it: from whom, in which envelope, and where each word of it stands."""

import re
from datetime import datetime

from msgspec import Struct

from drawbar.connectors.code_table import TABLE_OF_WORD
from drawbar.connectors.reading import Said
from drawbar.connectors.x12_folder.manifest import Settings
from drawbar.edi import Identity, Place, Reference, TransactionSet
from drawbar.freight import reference as freight
from drawbar.freight.case import CaseKind
from drawbar.freight.identity import key_for
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Problem
from drawbar.freight.reference import ReferenceKind

_TENDER = re.compile(r"V\d+T\d+$", re.IGNORECASE)
NOWHERE = Place(segment=0)


class Heard(Struct, frozen=True, kw_only=True):
    """A set, the profile it is read by, and its envelope. ``number`` counts in its interchange.

    ``sent_at`` is the envelope's own time.
    """

    profile: Settings
    receipt: Receipt
    identity: Identity
    interchange: int
    number: int
    item: TransactionSet
    sent_at: datetime

    def where(self, place: Place = NOWHERE) -> str:
        """Return a place so that a person finds the byte."""
        parts = [f"interchange {self.interchange}", f"set {self.number}"]
        if place.segment:
            parts.append(f"segment {place.segment}")
        if place.element:
            parts.append(f"element {place.element}")
        if place.offset >= 0:
            parts.append(f"byte {place.offset}")
        return " / ".join(parts)

    def said(self, place: Place, happened_at: datetime, *parts: object) -> Said:
        """Return what a fact says of itself. ``parts`` make it unique within its set."""
        return Said(
            key=self.key(*parts),
            happened_at=happened_at,
            learned_at=self.receipt.learned_at,
            lineage=self.receipt.at(self.where(place)),
        )

    def key(self, *parts: object) -> str:
        """Return a key that is the same whenever this interchange is read again."""
        one = self.identity
        sender = f"{one.sender_qualifier}.{one.sender}"
        envelope = (sender, one.receiver, one.control_number, one.payload_hash[:16])
        return key_for("x12", *envelope, self.number, self.item.control_number, *parts)

    def cause(self, *parts: object) -> str:
        """Return the name of a cause that one entry in the profile would mend."""
        return ":".join(("x12", self.profile.party_ref, self.item.code, *map(str, parts)))

    def unknown(self, what: str, code: str, place: Place, *, under: str = "") -> Problem:
        """Return the problem of a code that nobody gave a meaning yet."""
        cause = self.cause(under, code) if under else self.cause(code)
        return Problem(
            kind=CaseKind.UNKNOWN_CODE,
            place=self.where(place),
            cause=cause,
            text=f"{self.profile.party_ref} sent {what} {code!r}, which has no meaning here yet.",
            remedy=f"Say what {code!r} means, here or in the profile; what waits is read again.",
            table=TABLE_OF_WORD.get(what, ""),
            code=code,
        )

    def lacking(self, text: str, place: Place, *cause: object) -> Problem:
        """Return the problem of something that is missing or cannot be read."""
        return Problem(
            place=self.where(place),
            cause=self.cause(*cause),
            text=text,
            remedy="Ask the partner to send it again complete, or enter it by hand.",
        )

    def names(self, stated: tuple[Reference, ...]) -> tuple[freight.Reference, ...]:
        """Return the names that we search by; others stay in the message."""
        known = ((self.profile.reference(one.qualifier), one.value.strip()) for one in stated)
        return tuple(self.name(kind, value) for kind, value in known if kind and value)

    def name(self, kind: ReferenceKind, value: str) -> freight.Reference:
        """Return one name, scoped to the partner where its kind is."""
        party = self.profile.party_ref if kind in freight.PARTY_SCOPED else ""
        return freight.Reference(kind, value.strip(), party)

    def our_id(self, value: str) -> tuple[freight.Reference, ...]:
        """Return what a partner repeats of ours: a tender by its ending V1T1, else a shipment."""
        text = value.strip()
        if not text:
            return ()
        kind = ReferenceKind.TENDER if _TENDER.search(text) else ReferenceKind.SHIPMENT
        return (self.name(kind, text),)


def distinct(names: tuple[freight.Reference, ...]) -> tuple[freight.Reference, ...]:
    """Return each name once, in the order of first mention."""
    return tuple(dict.fromkeys(names))
