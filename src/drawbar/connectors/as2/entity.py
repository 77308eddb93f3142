"""A MIME entity: header lines, a blank line, content, with the exact bytes as they came.

What is signed is bytes, so nothing here rewrites them. Source: RFC 2045, RFC 5322 section 2.2.
"""

import binascii
import re
from collections.abc import Iterable

from msgspec import Struct

from drawbar.connectors.as2.refused import Refused, Why

Headers = tuple[tuple[str, str], ...]
"""Header lines in their order: name and unfolded value."""

HEADER_BYTES_MAX = 65_536
HEADERS_MAX = 200
FILE_NAME_LONGEST = 120

_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s"]*)')
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_AS_IT_IS = frozenset({"", "binary", "7bit", "8bit", "identity"})


class MediaType(Struct, frozen=True):
    """What a content is, in lower case, and the parameters that go with it."""

    name: str
    parameters: dict[str, str]


class Entity(Struct, frozen=True):
    """Header lines and content. ``raw`` is both as they came, empty for an HTTP request."""

    headers: Headers
    body: bytes
    raw: bytes = b""

    @property
    def media_type(self) -> MediaType:
        """Return what the content is; without a word on it, plain text."""
        return media_type(one(self.headers, "Content-Type") or "text/plain")

    @property
    def file_name(self) -> str:
        """Return what the sender calls it, empty for nothing; the last part of a path."""
        said = media_type(one(self.headers, "Content-Disposition") or "").parameters
        return re.split(r"[/\\]", said.get("filename", ""))[-1][:FILE_NAME_LONGEST].strip()

    @property
    def content(self) -> bytes:
        """Return the content, unpacked from its transfer encoding. Raise ``Refused``."""
        encoding = (one(self.headers, "Content-Transfer-Encoding") or "").strip().lower()
        if encoding in _AS_IT_IS:
            return self.body
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        if encoding != "base64":
            raise Refused(Why.FORMAT, f"no such transfer encoding: {encoding[:40]!r}")
        try:
            return binascii.a2b_base64(self.body)
        except binascii.Error as error:
            raise Refused(Why.FORMAT, f"the base64 is broken: {error}") from error


def one(headers: Headers, name: str) -> str | None:
    """Return the one value of a header, None without it. Raise ``Refused`` where it is doubled."""
    values = [value for key, value in headers if key.lower() == name.lower()]
    if len(values) > 1:
        raise Refused(Why.FORMAT, f"the header {name} stands there {len(values)} times")
    return values[0] if values else None


def over_http(headers: Iterable[tuple[str, str]], body: bytes) -> Entity:
    """Return what came over HTTP as an entity; header lines that were folded are unfolded."""
    return Entity(tuple((key, _unfolded(value)) for key, value in headers), body)


def read_entity(raw: bytes) -> Entity:
    """Return the entity that the bytes are. Raise ``Refused`` where no header block ends."""
    if raw.startswith((b"\r\n", b"\n")):
        return Entity((), raw[raw.index(b"\n") + 1 :], raw)
    end = _END_OF_HEADERS.search(raw, 0, HEADER_BYTES_MAX)
    if end is None:
        raise Refused(Why.FORMAT, "the header lines have no end")
    return Entity(read_headers(raw[: end.start()]), raw[end.end() :], raw)


def read_headers(block: bytes) -> Headers:
    """Return the header lines of a block, folded ones put together. Raise ``Refused``."""
    text = _unfolded(block[:HEADER_BYTES_MAX].decode("latin-1"))
    lines = [line for line in re.split(r"\r?\n", text) if line]
    if len(lines) > HEADERS_MAX or not all(":" in line for line in lines):
        raise Refused(Why.FORMAT, "a header line without a colon, or too many of them")
    cut = [line.partition(":") for line in lines]
    return tuple((name.strip(), value.strip()) for name, _, value in cut)


def media_type(value: str) -> MediaType:
    """Return what a Content-Type says."""
    kind = value.partition(";")[0].strip().lower()
    found = _PARAMETER.findall(value[:HEADER_BYTES_MAX])
    return MediaType(kind, {name.lower(): _unquoted(text) for name, text in reversed(found)})


def written(headers: Headers, body: bytes) -> bytes:
    """Return an entity's bytes: header lines end in CR LF, the content is left alone."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return lines.encode("ascii") + b"\r\n" + body


def base64(content: bytes) -> bytes:
    """Return the bytes in lines of 76 letters that end in CR LF."""
    lines = (content[at : at + 57] for at in range(0, len(content), 57))
    return b"".join(binascii.b2a_base64(line, newline=False) + b"\r\n" for line in lines)


def _unfolded(text: str) -> str:
    return re.sub(r"\r?\n[ \t]+", " ", text)


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith('"') else text
