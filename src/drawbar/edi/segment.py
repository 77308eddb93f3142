"""A segment: one line of an EDI message, as its partner wrote it.

Elements are raw text: blanks, zeros and case are the partner's data and are kept.
"""

from msgspec import Struct

from drawbar.edi.place import Place


class Dialect(Struct, frozen=True, kw_only=True):
    """How one partner writes: delimiters and line ends. ``repetition`` may be empty (before 00402).

    ``terminator`` may be several characters; ``line_end`` follows each terminator. ``release``
    (EDIFACT alone) makes the next character data; ``decimal`` is every mark that a number may
    have, the one to write first.
    """

    element: str = "*"
    component: str = ":"
    repetition: str = ""
    terminator: str = "~"
    line_end: str = ""
    charset: str = "latin-1"
    release: str = ""
    decimal: str = "."

    @property
    def delimiters(self) -> tuple[str, ...]:
        """Every character that data must not contain; those not in use are left out."""
        marks = (self.element, self.component, self.repetition, self.release, *self.terminator)
        return tuple(mark for mark in marks if mark)


class Segment(Struct, frozen=True, gc=False):
    """A tag and its elements. ``get(1)`` is the first element after the tag.

    ``position`` counts in the set from ST = 1, ``index`` in the interchange from 0, ``offset`` is
    the byte in the file; all are unset for a segment that we built ourselves.
    """

    tag: str
    elements: tuple[str, ...] = ()
    offset: int = -1
    position: int = 0
    index: int = -1

    def get(self, number: int) -> str:
        """Return element ``number`` (from 1) as written, or empty text when it is not there."""
        return self.elements[number - 1] if 0 < number <= len(self.elements) else ""

    def place(self, element: int = 0, component: int = 0) -> Place:
        """Return where this segment, or one of its elements or components, stood."""
        offset = self.offset
        return Place(segment=self.position, element=element, offset=offset, component=component)


def segment(tag: str, *elements: str) -> Segment:
    """Build a segment; empty elements at its end are left out."""
    kept = list(elements)
    while kept and not kept[-1]:
        kept.pop()
    return Segment(tag=tag, elements=tuple(kept))
