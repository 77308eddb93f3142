"""A carrier's answer to our instruction, out of an IFTMCS or IFTMBC."""

from drawbar.connectors.edifact_folder import code_map
from drawbar.connectors.edifact_folder.heard import Heard, references, scac_of
from drawbar.connectors.x12_folder.answer import read_answer
from drawbar.edi import Reference, TenderAnswer
from drawbar.edi.edifact import TransportAnswer
from drawbar.freight.reading import Reading

CARRIERS_OWN = "CN"


def read_transport_answer(stated: TransportAnswer, heard: Heard) -> Reading:
    """Return the answer, or the problem of a word in it that has no meaning here.

    The document's own number is the carrier's name of the consignment where no reference is.
    """
    named = references(stated.references)
    field = "response" if stated.response.strip() else "function"
    answered = (one.value for one in named if one.qualifier == code_map.PREVIOUS_MESSAGE)
    if stated.number.strip() and all(one.qualifier != CARRIERS_OWN for one in named):
        place = stated.at.get("number")
        own = Reference(qualifier=CARRIERS_OWN, value=stated.number)
        named += (own,) if place else ()
    answer = TenderAnswer(
        shipment_id=next(answered, ""),
        scac=scac_of(stated.parties, stated.legs),
        action=stated.response if field == "response" else stated.function,
        decline_reason=next((one.code for one in stated.texts if one.code.strip()), ""),
        references=named,
        at={"action": stated.at[field]} if field in stated.at else {},
    )
    return read_answer(answer, heard)
