"""One message as we heard it: from whom, in which envelope, and where each word of it stands."""

from drawbar.connectors.edifact_folder.manifest import Settings
from drawbar.connectors.x12_folder import heard as x12
from drawbar.edi import Moment, Party, Reference
from drawbar.edi.edifact.detail import Leg, StatedParty, StatedReference
from drawbar.edi.edifact.stated_time import StatedTime
from drawbar.freight.identity import key_for

NOWHERE = x12.NOWHERE
CARRIER = "CA"
SCAC_AGENCIES = frozenset({"166", "182"})
"""Agencies whose carrier ids are SCACs. Source: code list 3055 of D.96A."""


class Heard(x12.Heard, frozen=True, kw_only=True):
    """A message, the profile it is read by, and its envelope."""

    profile: Settings

    def key(self, *parts: object) -> str:
        """Return a key that is the same whenever this interchange is read again."""
        one = self.identity
        sender = f"{one.sender_qualifier}.{one.sender}"
        envelope = (sender, one.receiver, one.control_number, one.payload_hash[:16])
        return key_for("edifact", *envelope, self.number, self.item.control_number, *parts)

    def cause(self, *parts: object) -> str:
        """Return the name of a cause that one entry in the profile would mend."""
        return ":".join(("edifact", self.profile.party_ref, self.item.code, *map(str, parts)))

    def moment(self, stated: StatedTime) -> Moment:
        """Return a date and time with its zone as a code; what cannot be one stays as stated."""
        place = stated.at.get("text", NOWHERE)
        return Moment(
            qualifier=stated.qualifier,
            on=stated.on,
            clock=stated.clock,
            zone=_offset(stated.zone) or self.profile.zone_code(stated.zone.strip()),
            at={"on": place, "clock": place, "zone": place},
        )


def _offset(zone: str) -> str:
    """Return the code of a whole-hour offset such as +0100 or -05, empty for any other zone.

    Source: X12 element 623, where 01 to 12 lie east and 24 down to 13 west of UTC.
    """
    sign, digits = zone[:1], zone[1:].replace(":", "")
    if sign not in {"+", "-"} or not digits.isdecimal() or len(digits) not in {2, 4}:
        return ""
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if minutes or hours > 12:
        return ""
    if not hours:
        return "UT"
    return f"{hours if sign == '+' else 25 - hours:02d}"


def references(stated: tuple[StatedReference, ...]) -> tuple[Reference, ...]:
    """Return references as every reader of ours takes them."""
    return tuple(
        Reference(qualifier=one.qualifier.strip(), value=one.value, at=one.at) for one in stated
    )


def party(stated: StatedParty, role: str = "") -> Party:
    """Return somebody as every reader of ours takes them."""
    return Party(
        role=role or stated.role,
        name=" ".join(stated.names or stated.free_lines[:1]).strip(),
        id=stated.id,
        address=stated.street,
        city=stated.city,
        state=stated.region,
        postal_code=stated.postal_code,
        country=stated.country,
        at=stated.at,
    )


def scac_of(parties: tuple[StatedParty, ...], legs: tuple[Leg, ...] = ()) -> str:
    """Return the carrier's SCAC where the message states one, else nothing."""
    named = [(one.id, one.agency) for one in parties if one.role == CARRIER]
    named += [(one.carrier, one.carrier_agency) for one in legs]
    return next((id_.strip() for id_, agency in named if agency in SCAC_AGENCIES), "")
