"""The 997 or 999 that we owe a partner for each file, each time that it comes, and the TA1."""

from drawbar.connectors.x12_folder.manifest import Settings
from drawbar.edi import (
    Interchange,
    Numbers,
    UnableToWrap,
    UnableToWrite,
    acknowledge,
    acknowledge_interchange,
    write,
)
from drawbar.freight.delivery import Acknowledge, Delivery, Lane
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Problem, Reading
from drawbar.freight.stream import StreamKey, StreamKind

NUMBERS = Numbers(interchange=0, group=0)
"""The client draws the real control numbers when it writes the file."""


def reply_to(interchange: Interchange, profile: Settings, receipt: Receipt) -> Reading:
    """Return the receipt as a delivery, nothing for a receipt; a problem where none can be made.

    A TA1 goes along with the receipt of the groups, in one envelope; it is not sent alone.
    """
    try:
        answer = b"".join(
            write(one, replacement="?") for one in _answers(interchange, profile, receipt)
        )
    except (UnableToWrap, UnableToWrite) as error:
        return Reading(problems=(_unable(str(error), profile),))
    return Reading(replies=(_delivery(answer, interchange, profile, receipt),) if answer else ())


def _answers(
    interchange: Interchange, profile: Settings, receipt: Receipt
) -> tuple[Interchange, ...]:
    acks, at, weigh = profile.acks, receipt.learned_at, profile.weigh
    if acks.answer == "none":
        return ()
    wanted = "" if acks.answer == "usual" else acks.answer
    of_groups = acknowledge(interchange, numbers=NUMBERS, sent_at=at, weigh=weigh, receipt=wanted)
    if not of_groups or not acks.owes_ta1(interchange):
        return of_groups
    of_envelope = acknowledge_interchange(interchange, numbers=NUMBERS, sent_at=at, weigh=weigh)
    return (*of_groups, *of_envelope)


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
