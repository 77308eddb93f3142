"""A partner's receipt: which of our messages could be read, and where one could not.

X12 has three: 997 and 999 for a group of messages, TA1 for the envelope around them.
"""

from datetime import date, time

from msgspec import Struct

from drawbar.edi.place import Places


class ErrorContext(Struct, frozen=True, kw_only=True):
    """What an error is about (999 only): the value that identifies a message, or what needs it."""

    name: str
    tag: str = ""
    position: int | None = None
    loop: str = ""
    element: str = ""
    number: str = ""
    at: Places = {}


class ElementError(Struct, frozen=True, kw_only=True):
    """An element that could not be read. Positions count from 1; ``component`` may be empty."""

    element: int | None
    component: int | None = None
    repetition: int | None = None
    number: str = ""
    code: str
    bad_data: str = ""
    contexts: tuple[ErrorContext, ...] = ()
    at: Places = {}


class SegmentError(Struct, frozen=True, kw_only=True):
    """A segment with errors. ``position`` counts in the set from ST = 1."""

    tag: str
    position: int | None
    loop: str = ""
    code: str = ""
    elements: tuple[ElementError, ...] = ()
    contexts: tuple[ErrorContext, ...] = ()
    at: Places = {}


class SetReceipt(Struct, frozen=True, kw_only=True):
    """The verdict on one of our sets: A accepted, E accepted with errors, R rejected."""

    code: str
    control_number: str
    verdict: str
    errors: tuple[str, ...] = ()
    segments: tuple[SegmentError, ...] = ()
    version: str = ""  # what the set itself follows (ST03), from release 005010 on
    at: Places = {}


class Acknowledgement(Struct, frozen=True, kw_only=True):
    """The verdict on one of our groups: A, E, P partly accepted, R.

    ``included`` is the count in the group's trailer, ``received`` what was counted.
    """

    group_code: str
    group_control_number: str
    verdict: str
    included: int | None = None
    received: int | None = None
    accepted: int | None = None
    errors: tuple[str, ...] = ()
    sets: tuple[SetReceipt, ...] = ()
    version: str = ""  # the group's, from release 005010 on
    receipt: str = "997"  # or 999
    at: Places = {}


class InterchangeReceipt(Struct, frozen=True, kw_only=True):
    """The verdict on one of our envelopes: A accepted, E accepted with errors, R rejected (TA1).

    ``on`` and ``clock`` are the envelope's own; ``note`` is 000 when nothing was wrong.
    """

    control_number: str
    on: date | None = None
    clock: time | None = None
    verdict: str
    note: str = "000"
    at: Places = {}
