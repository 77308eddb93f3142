"""Write X12 the way a partner wants it, byte for byte, and refuse data that would break it."""

from drawbar.edi.component import UnableToWrite
from drawbar.edi.document import Document, Interchange
from drawbar.edi.segment import Dialect, Segment
from drawbar.edi.x12.release import is_composite


def write(written: Document | Interchange, *, replacement: str | None = None) -> bytes:
    """Return the bytes of a file. What was read well-formed comes out as it was.

    Raise ``UnableToWrite`` when data contains a delimiter, unless ``replacement`` (may be empty)
    says what to put in its place.
    """
    if isinstance(written, Interchange):
        return _write_interchange(written, replacement)
    parts = [_write_interchange(item, replacement) for item in written.interchanges]
    return b"".join(parts) + written.tail


def _write_interchange(item: Interchange, replacement: str | None) -> bytes:
    dialect = item.dialect
    regular = dialect.terminator + dialect.line_end
    parts = []
    for index, each in enumerate(item.segments):
        parts += [_write_segment(each, dialect, replacement), item.endings.get(index, regular)]
    body = "".join(parts[:-1])
    try:
        encoded = body.encode(dialect.charset, "surrogateescape")
    except UnicodeEncodeError as error:
        message = f"{error.object[error.start : error.end]!r} is not in {dialect.charset}"
        raise UnableToWrite(message) from error
    return item.lead.encode("latin-1") + encoded + item.tail.encode("latin-1")


def _write_segment(item: Segment, dialect: Dialect, replacement: str | None) -> str:
    if item.tag == "ISA":
        return dialect.element.join((item.tag, *item.elements))
    elements = [_safe(item, number, dialect, replacement) for number in range(len(item.elements))]
    return dialect.element.join((item.tag, *elements))


def _safe(item: Segment, index: int, dialect: Dialect, replacement: str | None) -> str:
    text = item.elements[index]
    for mark in _forbidden(item, index + 1, dialect):
        if mark not in text:
            continue
        if replacement is None:
            message = f"{item.tag}{index + 1:02d} contains the delimiter {mark!r}: {text[:80]!r}"
            raise UnableToWrite(message)
        text = text.replace(mark, replacement)
    return text


def _forbidden(item: Segment, number: int, dialect: Dialect) -> tuple[str, ...]:
    """Return what an element must not contain.

    What was read passes as it was. In what we built a component separator belongs into composite
    elements only, and a line break would be taken for a wrap.
    """
    marks: tuple[str, ...] = (dialect.element, dialect.terminator)
    if item.offset < 0:
        marks += (*dialect.terminator, "\r", "\n")
        marks += () if is_composite(item.tag, number) else (dialect.component, dialect.repetition)
    return tuple(mark for mark in marks if mark)
