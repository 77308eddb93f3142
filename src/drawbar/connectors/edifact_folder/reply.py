"""The CONTRL that we owe a partner for each file, each time that it comes."""

from drawbar.connectors.edifact_folder.manifest import Settings
from drawbar.edi import Interchange, Numbers, UnableToWrap, UnableToWrite, acknowledge, write
from drawbar.freight.delivery import Acknowledge, Delivery, Lane
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Problem, Reading
from drawbar.freight.stream import StreamKey, StreamKind

NUMBERS = Numbers(interchange=0, group=0)
"""The client draws the real control reference when it writes the file."""


def reply_to(interchange: Interchange, profile: Settings, receipt: Receipt) -> Reading:
    """Return the CONTRL as a delivery, nothing for a receipt; a problem where none can be made."""
    try:
        answers = acknowledge(
            interchange, numbers=NUMBERS, sent_at=receipt.learned_at, weigh=profile.weigh
        )
        bodies = [write(answer) for answer in answers]
    except (UnableToWrap, UnableToWrite) as error:
        return Reading(problems=(_unable(str(error), profile),))
    return Reading(replies=tuple(_delivery(body, interchange, profile, receipt) for body in bodies))


def _delivery(
    answer: bytes, interchange: Interchange, profile: Settings, receipt: Receipt
) -> Delivery:
    control = interchange.identity.control_number
    key = f"CONTRL:{profile.party_ref}:{control}:{interchange.identity.payload_hash[:16]}"
    return Delivery(
        system=profile.system,
        lane=Lane.NOTIFY,
        stream=StreamKey(StreamKind.NUMBER_SERIES, f"CONTRL:{receipt.message_ref}"),
        business_key=f"{key}:{receipt.times}",
        payload=Acknowledge(message_ref=receipt.message_ref, group=control, answer=answer),
    )


def _unable(text: str, profile: Settings) -> Problem:
    return Problem(
        place="UNB",
        cause=f"edifact:{profile.party_ref}:CONTRL",
        text=f"We cannot acknowledge this file: {text}.",
        remedy="Tell the partner by hand what became of it.",
    )
