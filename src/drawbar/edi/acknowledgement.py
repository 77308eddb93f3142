"""A partner's receipt: which of our messages could be read, and where one could not (X12 997)."""

from msgspec import Struct

from drawbar.edi.place import Places


class ElementError(Struct, frozen=True, kw_only=True):
    """An element that could not be read. Positions count from 1; ``component`` may be empty."""

    element: int | None
    component: int | None = None
    repetition: int | None = None
    number: str = ""
    code: str
    bad_data: str = ""
    at: Places = {}


class SegmentError(Struct, frozen=True, kw_only=True):
    """A segment with errors. ``position`` counts in the set from ST = 1."""

    tag: str
    position: int | None
    loop: str = ""
    code: str = ""
    elements: tuple[ElementError, ...] = ()
    at: Places = {}


class SetReceipt(Struct, frozen=True, kw_only=True):
    """The verdict on one of our sets: A accepted, E accepted with errors, R rejected."""

    code: str
    control_number: str
    verdict: str
    errors: tuple[str, ...] = ()
    segments: tuple[SegmentError, ...] = ()
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
    at: Places = {}
