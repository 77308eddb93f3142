"""A partner's receipt for something that we sent, out of a 997."""

from drawbar.connectors.x12_folder.heard import NOWHERE, Heard
from drawbar.edi import Acknowledgement, SetReceipt
from drawbar.freight.delivery import AckReceived
from drawbar.freight.reading import Reading

ACCEPTED = frozenset({"A", "E"})
"""Accepted, and accepted with errors noted. Source: X12 element 715."""


def read_receipt(stated: Acknowledgement, heard: Heard) -> Reading:
    """Return what the partner made of our group."""
    control = stated.group_control_number.strip().lstrip("0") or "0"
    place = stated.at.get("group_control_number", NOWHERE)
    fact = AckReceived(
        partner=heard.profile.party_ref,
        control=control,
        accepted=stated.verdict.strip() in ACCEPTED,
        text="; ".join(_errors(stated)),
        system=heard.profile.system,
        group_type=stated.group_code.strip(),
        **heard.said(place, heard.sent_at, "receipt", control),
    )
    return Reading(facts=(fact,))


def _errors(stated: Acknowledgement) -> list[str]:
    group = [f"group {code}" for code in stated.errors]
    return group + [text for one in stated.sets for text in _set_errors(one)]


def _set_errors(one: SetReceipt) -> list[str]:
    """Name the set, then each segment and element that the partner did not like."""
    told = [f"set {one.control_number} code {code}" for code in one.errors]
    for segment in one.segments:
        elements = [f"{error.element}:{error.code}" for error in segment.elements]
        where = f"{segment.tag} at {segment.position}"
        told.append(" ".join((where, segment.code, *elements)).strip())
    return told
