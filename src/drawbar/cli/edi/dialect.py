"""The same interchange in another partner's separators; what it says stays as it is."""

from collections.abc import Iterator

from msgspec import Struct, structs

from drawbar.edi import Dialect, Interchange, Segment, UnableToWrite
from drawbar.edi.component import released, split, unreleased
from drawbar.edi.x12.release import is_composite

LINE_ENDS = {"none": "", "lf": "\n", "crlf": "\r\n"}


class DialectWish(Struct, frozen=True, kw_only=True):
    """The separators to write with; None keeps what the file has."""

    element: str | None = None
    component: str | None = None
    segment: str | None = None
    repetition: str | None = None
    line_end: str | None = None

    @property
    def is_any(self) -> bool:
        """Say whether anything is to be written otherwise."""
        return any(getattr(self, name) is not None for name in self.__struct_fields__)


def with_dialect(item: Interchange, wish: DialectWish) -> Interchange:
    """Return ``item`` in the wished separators.

    Raise ``UnableToWrite`` when two of them are one, or data holds one (then ``write`` raises).
    """
    old = item.dialect
    new = structs.replace(
        old,
        element=old.element if wish.element is None else wish.element,
        component=old.component if wish.component is None else wish.component,
        terminator=old.terminator if wish.segment is None else wish.segment,
        repetition=old.repetition if wish.repetition is None else wish.repetition,
        line_end=old.line_end if wish.line_end is None else wish.line_end,
    )
    _refuse(old, new)
    changed = _edifact(item, new) if item.is_edifact else _x12(item, new)
    return Interchange(
        segments=tuple(changed),
        dialect=new,
        lead=_service_string(new) if item.is_edifact else "",
        tail=new.terminator + new.line_end,
    )


def _refuse(old: Dialect, new: Dialect) -> None:
    if bool(old.repetition) != bool(new.repetition):
        message = "a version repeats elements or does not; only its separator can be changed"
        raise UnableToWrite(message)
    marks = [new.element, new.component, new.terminator, new.repetition, new.release]
    used = [mark for mark in marks if mark]
    if len(set(used)) < len(used):
        message = f"one character would be two separators: {' '.join(used)}"
        raise UnableToWrite(message)


def _x12(item: Interchange, new: Dialect) -> Iterator[Segment]:
    old = item.dialect
    for each in item.segments:
        if each.tag == "ISA":
            elements = list(each.elements[:16])
            elements[15:] = [new.component]
            if len(elements) > 10 and old.repetition:
                elements[10] = new.repetition
            yield Segment("ISA", tuple(elements), index=0)
        else:
            elements = [_x12_element(each, n, old, new) for n in range(1, len(each.elements) + 1)]
            yield Segment(each.tag, tuple(elements))


def _x12_element(item: Segment, number: int, old: Dialect, new: Dialect) -> str:
    text = item.get(number)
    if old.repetition and new.repetition:
        text = text.replace(old.repetition, new.repetition)
    if old.component and is_composite(item.tag, number):
        text = text.replace(old.component, new.component)
    return text


def _edifact(item: Interchange, new: Dialect) -> Iterator[Segment]:
    old = item.dialect
    for each in item.segments:
        tag = each.tag.replace(old.component, new.component)
        yield Segment(tag, tuple(_edifact_element(text, old, new) for text in each.elements))


def _edifact_element(text: str, old: Dialect, new: Dialect) -> str:
    return new.repetition.join(
        new.component.join(
            released(unreleased(part, old.release), new)
            for part in split(one, old.component, old.release)
        )
        for one in split(text, old.repetition, old.release)
    )


def _service_string(new: Dialect) -> str:
    marks = (
        *(new.component, new.element, new.decimal[:1], new.release or " "),
        *(new.repetition or " ", new.terminator),
    )
    return f"UNA{''.join(marks)}{new.line_end}"
