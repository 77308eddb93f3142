"""A carrier's answer to our tender, out of a 990."""

from drawbar.connectors.x12_folder.heard import NOWHERE, Heard, distinct
from drawbar.edi import TenderAnswer
from drawbar.freight.reading import Reading
from drawbar.freight.reference import ReferenceKind
from drawbar.freight.tender import TenderAnswered


def read_answer(stated: TenderAnswer, heard: Heard) -> Reading:
    """Return the answer, or the problem of a word in it that has no meaning here."""
    profile, at = heard.profile, stated.at
    carrier, answer = profile.carrier(stated.scac), profile.answer(stated.action.strip())
    if carrier is None:
        place = at.get("scac", NOWHERE)
        return Reading(problems=(heard.unknown("carrier", stated.scac, place, under="scac"),))
    if answer is None:
        place = at.get("action", NOWHERE)
        return Reading(problems=(heard.unknown("answer", stated.action, place),))
    names = distinct((*heard.our_id(stated.shipment_id), *heard.names(stated.references)))
    if not names:
        place = at.get("shipment_id", NOWHERE)
        problem = heard.lacking("The answer names no tender and no shipment.", place, "id")
        return Reading(problems=(problem,))
    code = stated.decline_reason.strip()
    pro = next((one.value for one in names if one.kind is ReferenceKind.PRO), "")
    fact = TenderAnswered(
        carrier_ref=carrier,
        references=names,
        answer=answer,
        reason=profile.declines.get(code, code),
        pro=pro,
        **heard.said(at.get("action", NOWHERE), heard.sent_at, "answer"),
    )
    return Reading(facts=(fact,))
