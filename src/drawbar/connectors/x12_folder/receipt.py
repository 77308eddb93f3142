"""A partner's receipts for what we sent, out of a 997, 999, TA1 or 824, with places in words."""

from collections.abc import Iterator

from drawbar.connectors.x12_folder.heard import NOWHERE, Heard
from drawbar.connectors.x12_folder.receipt_words import (
    ELEMENT,
    ENVELOPE,
    GROUP,
    SEGMENT,
    SET,
    word_for,
)
from drawbar.edi import (
    Acknowledgement,
    AdviceError,
    AdviceItem,
    ApplicationAdvice,
    ElementError,
    InterchangeReceipt,
    SegmentError,
    SetReceipt,
)
from drawbar.freight.control_number import INTERCHANGE
from drawbar.freight.delivery import ADVICE, AckReceived
from drawbar.freight.reading import Problem, Reading

ACCEPTED = frozenset({"A", "E"})
"""Accepted, and accepted with errors noted. Source: X12 element 715."""

GROUP_TYPE_OF_SET = {"204": "SM", "820": "RA", "824": "AG", "940": "OW", "990": "GF", "214": "QM"}
"""In which type of group a set goes that an 824 names. Source: X12 element 479."""


def read_receipt(stated: Acknowledgement, heard: Heard) -> Reading:
    """Return what the partner made of our group."""
    control = _number(stated.group_control_number)
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


def read_envelope_receipt(stated: InterchangeReceipt, heard: Heard, number: int) -> AckReceived:
    """Return what the partner made of the envelope of a file of ours, out of a TA1."""
    control, note = _number(stated.control_number), stated.note.strip()
    place = stated.at.get("control_number", NOWHERE)
    return AckReceived(
        partner=heard.profile.party_ref,
        control=control,
        accepted=stated.verdict.strip() in ACCEPTED,
        text="" if note == "000" else f"envelope: {word_for(note, ENVELOPE)}",
        system=heard.profile.system,
        group_type=INTERCHANGE,
        **heard.said(place, heard.sent_at, "TA1", control, number),
    )


def read_advice(stated: ApplicationAdvice, heard: Heard) -> Reading:
    """Return what the partner's application made of what it had read: one word for each message.

    A refusal that does not say which group of ours it means is a problem for a person.
    """
    if not stated.items:
        return Reading(problems=(heard.lacking("The advice is about nothing.", NOWHERE, "items"),))
    read = [_item(item, number, heard) for number, item in enumerate(stated.items, start=1)]
    return Reading(
        facts=tuple(one for one in read if isinstance(one, AckReceived)),
        problems=tuple(one for one in read if isinstance(one, Problem)),
    )


def _item(item: AdviceItem, number: int, heard: Heard) -> AckReceived | Problem:
    group_type = GROUP_TYPE_OF_SET.get(item.set_code.strip(), "")
    control = _number(item.group_control_number)
    place = item.at.get("verdict", NOWHERE)
    text = "; ".join(map(_advice_error, item.errors))
    names_group = bool(group_type) and control != "0"
    if names_group or not item.is_rejected:
        return AckReceived(
            partner=heard.profile.party_ref,
            control=control if names_group else item.reference.strip(),
            accepted=not item.is_rejected,
            text=text,
            system=heard.profile.system,
            group_type=group_type if names_group else ADVICE,
            **heard.said(place, heard.sent_at, "advice", number),
        )
    what = f"{item.reference_qualifier} {item.reference}".strip() or "a message of ours"
    return heard.lacking(
        f"{heard.profile.party_ref} refused {what} and does not say in which group it was:"
        f" {text or 'no reason'}.",
        place,
        "advice",
    )


def _advice_error(error: AdviceError) -> str:
    element = f" element {error.element}" if error.element else ""
    position = f"segment {error.position} " if error.position else ""
    where = f"{position}({error.tag}){element}: " if error.tag else ""
    data = f", found {error.bad_data!r}" if error.bad_data else ""
    return f"{where}{error.text.strip() or f'code {error.code}'}{data}"


def _errors(stated: Acknowledgement) -> list[str]:
    group = [f"group: {word_for(code, GROUP)}" for code in stated.errors]
    return group + [text for one in stated.sets for text in _set_errors(one)]


def _set_errors(one: SetReceipt) -> Iterator[str]:
    """Yield what is wrong with the set, then each segment and element that was not liked."""
    for code in one.errors:
        yield f"set {one.code} {one.control_number}: {word_for(code, SET)}".replace("  ", " ")
    for segment in one.segments:
        yield from _segment_errors(segment)


def _segment_errors(segment: SegmentError) -> Iterator[str]:
    where = f"segment {segment.position} ({segment.tag})"
    if segment.code.strip() and not (segment.code.strip() == "8" and segment.elements):
        yield f"{where}: {word_for(segment.code, SEGMENT)}"
    for error in segment.elements:
        yield f"{where} {_element(error)}"
    if not segment.code.strip() and not segment.elements:
        yield where


def _element(error: ElementError) -> str:
    component = f" component {error.component}" if error.component else ""
    data = f", found {error.bad_data!r}" if error.bad_data else ""
    return f"element {error.element}{component}: {word_for(error.code, ELEMENT)}{data}"


def _number(text: str) -> str:
    return text.strip().lstrip("0") or "0"
