"""A reading: what the bytes of one message say in our words, and what could not be understood."""

from msgspec import Struct

from drawbar.freight.case import CaseKind
from drawbar.freight.control_number import NumberHeard
from drawbar.freight.delivery import Delivery
from drawbar.freight.fact import Fact


class Problem(Struct, frozen=True, kw_only=True):
    """One thing in a message that we could not take as it is, where it stands, and the way out.

    ``cause`` is the same for all messages that one mapping entry would mend: that of ``code`` in
    the code ``table`` of ``system``, where it is a code that nobody gave a meaning yet.
    """

    kind: CaseKind = CaseKind.DEAD_LETTER
    place: str
    cause: str
    text: str
    remedy: str
    system: str = ""
    table: str = ""
    code: str = ""


class Reading(Struct, frozen=True, kw_only=True):
    """Facts in the order of the message; ``replies`` are owed to the sender at once.

    ``numbers`` are the control numbers that its sender counts by.
    """

    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()
    replies: tuple[Delivery, ...] = ()
    numbers: tuple[NumberHeard, ...] = ()
