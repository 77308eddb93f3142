"""A partner's receipt for something that we sent, out of a CONTRL or an APERAK."""

from collections.abc import Iterator

from drawbar.connectors.edifact_folder import code_map
from drawbar.connectors.edifact_folder.heard import NOWHERE, Heard
from drawbar.connectors.edifact_folder.manifest import COUNTED
from drawbar.edi.edifact import ApplicationAnswer, MessageReceipt, SyntaxReceipt
from drawbar.freight.delivery import AckReceived
from drawbar.freight.reading import Reading

REJECTED = "4"
"""Rejected with all inside. Source: ISO 9735 code list 0083."""

REFUSALS = frozenset({"27", "RE"})
"""Not accepted, by function (1225) or response type (4343) of D.96A."""


def read_syntax_receipt(stated: SyntaxReceipt, heard: Heard) -> Reading:
    """Return what the partner made of our interchange; one rejected message rejects it.

    We put one message into an interchange, so what becomes of it is what becomes of that.
    """
    messages = [*stated.messages, *(one for group in stated.groups for one in group.messages)]
    actions = {stated.action, *(one.action for one in messages)}
    actions |= {one.action for one in stated.groups}
    control = stated.control_reference.strip().lstrip("0") or "0"
    place = stated.at.get("control_reference", NOWHERE)
    told = [f"interchange code {stated.error}"] if stated.error else []
    told += [f"group {one.control_number} code {one.error}" for one in stated.groups if one.error]
    told += [text for one in messages for text in _errors(one)]
    fact = AckReceived(
        partner=heard.profile.party_ref,
        control=control,
        accepted=REJECTED not in {action.strip() for action in actions},
        text="; ".join(told),
        system=heard.profile.system,
        group_type=COUNTED,
        **heard.said(place, heard.sent_at, "receipt", control),
    )
    return Reading(facts=(fact,))


def _errors(one: MessageReceipt) -> Iterator[str]:
    """Name the message, then each segment and element that the partner did not like."""
    if one.error:
        where = f" {one.service_tag}" if one.service_tag else ""
        yield f"message {one.control_number}{where} code {one.error}"
    for segment in one.segments:
        elements = [
            f"{error.element}:{error.component}:{error.error}"
            if error.component
            else f"{error.element}:{error.error}"
            for error in segment.elements
        ]
        yield " ".join((f"segment {segment.position}", segment.error, *elements)).strip()


def read_application_answer(stated: ApplicationAnswer, heard: Heard) -> Reading:
    """Return what the partner's application made of our message, by the name it is called by."""
    place, name = stated.at.get("number", NOWHERE), ""
    for one in stated.references:
        if one.qualifier.strip() == code_map.PREVIOUS_MESSAGE:
            place, name = one.at.get("value", place), one.value.strip()
            break
    if not name:
        problem = heard.lacking("The answer does not name what it answers.", place, "reference")
        return Reading(problems=(problem,))
    is_number = name.isascii() and name.isdecimal()
    words = {stated.function.strip(), stated.response.strip()}
    fact = AckReceived(
        partner=heard.profile.party_ref,
        control=name.lstrip("0") if is_number else name,
        accepted=not stated.errors and not words & REFUSALS,
        text="; ".join(_application_errors(stated)),
        system=heard.profile.system,
        group_type=COUNTED if is_number else "",
        **heard.said(place, heard.sent_at, "application", name),
    )
    return Reading(facts=(fact,))


def _application_errors(stated: ApplicationAnswer) -> Iterator[str]:
    for one in stated.errors:
        words = (" ".join(text.lines) for text in one.texts)
        yield " ".join((f"code {one.code}", *words)).strip()
