"""The 997 that we owe a partner for each file, each time that it comes."""

from drawbar.connectors.x12_folder.manifest import Settings
from drawbar.edi import Interchange, Numbers, UnableToWrap, UnableToWrite, acknowledge, write
from drawbar.freight.delivery import Acknowledge, Delivery, Lane
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Problem, Reading
from drawbar.freight.stream import StreamKey, StreamKind

NUMBERS = Numbers(interchange=0, group=0)
"""The client draws the real control numbers when it writes the file."""


def reply_to(interchange: Interchange, profile: Settings, receipt: Receipt) -> Reading:
    """Return the 997 as a delivery, nothing for a receipt; a problem where none can be made."""
    try:
        answers = acknowledge(
            interchange, numbers=NUMBERS, sent_at=receipt.learned_at, weigh=profile.weigh
        )
        bodies = [write(answer, replacement="?") for answer in answers]
    except (UnableToWrap, UnableToWrite) as error:
        return Reading(problems=(_unable(str(error), profile),))
    return Reading(replies=tuple(_delivery(body, interchange, profile, receipt) for body in bodies))


def _delivery(
    answer: bytes, interchange: Interchange, profile: Settings, receipt: Receipt
) -> Delivery:
    control = interchange.identity.control_number
    group = next((one.control_number for one in interchange.groups if one.control_number), "")
    key = f"997:{profile.party_ref}:{control}:{interchange.identity.payload_hash[:16]}"
    return Delivery(
        system=profile.system,
        lane=Lane.NOTIFY,
        stream=StreamKey(StreamKind.NUMBER_SERIES, f"997:{receipt.message_ref}"),
        business_key=f"{key}:{receipt.times}",
        payload=Acknowledge(message_ref=receipt.message_ref, group=group, answer=answer),
    )


def _unable(text: str, profile: Settings) -> Problem:
    return Problem(
        place="ISA",
        cause=f"x12:{profile.party_ref}:997",
        text=f"We cannot acknowledge this file: {text}.",
        remedy="Tell the partner by hand what became of it.",
    )
