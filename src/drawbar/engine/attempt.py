"""One attempt to bring an effect about: ask first where it may have happened, then send once.

Nothing here touches the database; whatever goes wrong on the way is an outcome that nobody knows.
"""

from collections.abc import Sequence

from msgspec import Struct, structs

from drawbar.connectors.port import Connector, Sending, Unreachable
from drawbar.freight.control_number import ControlNumbers
from drawbar.freight.delivery import (
    Conflict,
    Existing,
    NeedsConfirmation,
    Outcome,
    Rejected,
    Unknown,
)
from drawbar.messages.queue import Claimed
from drawbar.records.codec import decode_payload


class Attempt(Struct, frozen=True):
    """A claimed delivery, ready to be sent, and the exact bytes that go on the wire.

    ``message_ref`` is the message that keeps them, once they are kept.
    """

    claimed: Claimed
    sending: Sending
    rendered: bytes
    message_ref: str = ""


def prepare(
    connector: Connector, claimed: Claimed, control: ControlNumbers | None = None
) -> Attempt:
    """Return the attempt. Raise what the payload or the connector raises: it cannot be sent.

    Without bytes there is no number: ``control`` is drawn for them alone.
    """
    sending = Sending(
        number=claimed.delivery_id,
        business_key=claimed.business_key,
        stream=claimed.stream,
        payload=decode_payload(claimed.payload),
        attempt=claimed.attempts,
        control=control,
    )
    rendered = connector.render(sending)
    if control is not None and not rendered:
        undrawn = ControlNumbers(group_type=control.group_type)
        sending = structs.replace(sending, control=undrawn)
    return Attempt(claimed, sending, rendered)


def attempt(connector: Connector, one: Attempt) -> Outcome:
    """Bring the effect about, once. Never raises: what nobody expected is ``Unknown``."""
    try:
        if one.claimed.kind not in connector.capabilities().kinds:
            return _not_taken(connector.system, one.claimed)
        if one.claimed.outcome_unknown or one.claimed.attempts > 1:
            settled = _ask(connector, one.claimed)
            if settled is not None:
                return settled
        return connector.send(one.sending)
    except Unreachable as error:
        return Unknown(text=f"not reached: {error}")
    except Exception as error:  # noqa: BLE001 - a fault in a connector must not lose a delivery
        return Unknown(text=f"{type(error).__name__}: {error}")


def _not_taken(system: str, claimed: Claimed) -> Outcome:
    """Return that a person must see to it; one that was tried before may have been done."""
    text = f"nothing here brings a {claimed.kind} to {system} (see its file in systems/)"
    if claimed.outcome_unknown:
        return NeedsConfirmation(text=f"{text}; it may have been done before. Look there, then say")
    return Rejected(text=text)


def _ask(connector: Connector, claimed: Claimed) -> Outcome | None:
    """Return what the far side holds under our key; None where it holds nothing, so: send."""
    if not connector.capabilities().can_find:
        if not claimed.outcome_unknown:
            return None
        return NeedsConfirmation(
            text="It may have been done, and this system cannot be asked. Look there, then say."
        )
    return _found(connector.find(claimed.kind, claimed.business_key))


def _found(documents: Sequence[str]) -> Outcome | None:
    if not documents:
        return None
    if len(documents) > 1:
        text = f"{len(documents)} documents bear our key: {', '.join(documents)}"
        return Conflict(documents=tuple(documents), text=text)
    return Existing(document=documents[0])
