"""Read one message: its bytes through the reader of its channel, or the reason why not."""

from collections.abc import Callable, Mapping

from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading
from drawbar.messages.inbox import Message

Reader = Callable[[bytes, Receipt], Reading]
"""Reads the bytes of one channel. Raises ``ValueError`` for bytes that it cannot accept."""


class NoReader(ValueError):
    """Nobody reads this channel. Name a reader for it, then replay the message."""


def read(readers: Mapping[str, Reader], message: Message, *, times: int) -> Reading | Exception:
    """Return what ``message`` says, or what its reader raised: one bad message stops no other."""
    channel, sender, _ = message.scope
    receipt = Receipt(
        message_ref=message.message_ref,
        sender=sender,
        learned_at=message.learned_at,
        times=times,
    )
    if channel not in readers:
        return NoReader(f"nobody reads the channel {channel!r}")
    try:
        return readers[channel](message.body, receipt)
    except Exception as error:  # noqa: BLE001 - also a fault of ours in a reader keeps the message
        return error
