"""Write EDIFACT the way a partner wants it, byte for byte, and refuse data that would break it."""

from drawbar.edi.component import UnableToWrite, ends_released, split
from drawbar.edi.document import Document, Interchange
from drawbar.edi.edifact.cut import unwrapped
from drawbar.edi.segment import Dialect, Segment


def write(written: Document | Interchange) -> bytes:
    """Return the bytes of a file. What was read well-formed comes out as it was.

    Raise ``UnableToWrite`` when a segment that we built would not be read again as it is, or holds
    a character outside of its character set.
    """
    if isinstance(written, Interchange):
        return _write_interchange(written)
    return b"".join(map(_write_interchange, written.interchanges)) + written.tail


def _write_interchange(item: Interchange) -> bytes:
    dialect = item.dialect
    regular = dialect.terminator + dialect.line_end
    parts: list[str] = []
    for index, each in enumerate(item.segments):
        text = _write_segment(each, dialect)
        wrapped = item.wraps.get(index, "")
        is_same = bool(wrapped) and unwrapped(wrapped, dialect.release) == text
        parts += [wrapped if is_same else text, item.endings.get(index, regular)]
    body = "".join(parts[:-1])
    try:
        encoded = body.encode(dialect.charset, "surrogateescape")
    except UnicodeEncodeError as error:
        message = f"{error.object[error.start : error.end]!r} is not in {dialect.charset}"
        raise UnableToWrite(message) from error
    return item.lead.encode("latin-1") + encoded + item.tail.encode("latin-1")


def _write_segment(item: Segment, dialect: Dialect) -> str:
    text = dialect.element.join((item.tag, *item.elements))
    if item.offset < 0:
        _refuse_broken(item, text, dialect)
    return text


def _refuse_broken(item: Segment, text: str, dialect: Dialect) -> None:
    """Refuse what a reader would cut elsewhere, or would take for a line wrap."""
    release = dialect.release
    for mark in (dialect.terminator, "\r", "\n"):
        if len(split(text, mark, release)) > 1:
            message = f"{item.tag} contains {mark!r} without release: {text[:80]!r}"
            raise UnableToWrite(message)
    if split(text, dialect.element, release) != [item.tag, *item.elements]:
        message = f"{item.tag} contains {dialect.element!r} without release: {text[:80]!r}"
        raise UnableToWrite(message)
    if ends_released(text, release):
        message = f"{item.tag} ends with a release character: {text[:80]!r}"
        raise UnableToWrite(message)
