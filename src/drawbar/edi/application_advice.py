"""An application advice: what became of a message after it could be read (X12 824).

A receipt says that a message is readable; this says that its content is accepted or not.
"""

from datetime import date, time

from msgspec import Struct

from drawbar.edi.detail import Contact, Moment, Note, Party, Reference
from drawbar.edi.detail_general import Person, StatedAmount, StatedQuantity
from drawbar.edi.place import Places


class AdviceError(Struct, frozen=True, kw_only=True):
    """One thing that the receiver's application refused. ``element`` as written (``4:2``)."""

    code: str
    text: str = ""
    tag: str = ""
    position: int | None = None
    element: str = ""
    number: str = ""
    bad_data: str = ""
    new_data: str = ""
    notes: tuple[Note, ...] = ()
    at: Places = {}


class AdviceItem(Struct, frozen=True, kw_only=True):
    """The verdict on one message, or on a part of it.

    ``verdict`` is two letters: G group, T set, I item or B batch; then A accepted, C accepted with
    changes, E accepted with errors, P in part, R rejected.
    """

    verdict: str
    reference_qualifier: str = ""
    reference: str = ""
    sender: str = ""
    receiver: str = ""
    on: date | None = None
    clock: time | None = None
    group_control_number: str = ""
    set_control_number: str = ""
    set_code: str = ""
    version: str = ""
    purpose: str = ""
    references: tuple[Reference, ...] = ()
    moments: tuple[Moment, ...] = ()
    contacts: tuple[Contact, ...] = ()
    amounts: tuple[StatedAmount, ...] = ()
    quantities: tuple[StatedQuantity, ...] = ()
    people: tuple[Person, ...] = ()
    errors: tuple[AdviceError, ...] = ()
    at: Places = {}

    @property
    def is_rejected(self) -> bool:
        """Say whether it was refused as a whole; an unknown verdict is not taken for a refusal."""
        return self.verdict.strip() in {"GR", "TR", "IR", "BR"}


class ApplicationAdvice(Struct, frozen=True, kw_only=True):
    """One advice. ``reference`` is its sender's number; ``original`` the message's, if stated."""

    purpose: str
    reference: str
    on: date | None = None
    clock: time | None = None
    zone: str = ""
    original: str = ""
    kind: str = ""
    action: str = ""
    parties: tuple[Party, ...] = ()
    items: tuple[AdviceItem, ...] = ()
    at: Places = {}
