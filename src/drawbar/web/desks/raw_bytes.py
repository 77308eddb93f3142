"""Raw bytes as a person can read them: text with what is invisible made visible, else a hex dump.

Nothing of the bytes is lost or changed in the file itself; a long one is cut on the page.
"""

from markupsafe import Markup, escape
from msgspec import Struct

SHOWN_BYTES_MAX = 64 * 1024
_WIDTH = 16
_PRINTABLE_SHARE = 0.85


class Shown(Struct, frozen=True, kw_only=True):
    """What is put on the page. ``cut`` says that there is more."""

    html: Markup
    is_binary: bool
    cut: bool


def shown(body: bytes) -> Shown:
    """Return the beginning of ``body`` for a page."""
    head = body[:SHOWN_BYTES_MAX]
    text = _as_text(head)
    return Shown(
        html=_hex_dump(head) if text is None else _marked(text),
        is_binary=text is None,
        cut=len(body) > len(head),
    )


def _as_text(head: bytes) -> str | None:
    """Return the bytes as text, or None where they are none. A cut last character is no reason."""
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:
            return None
        text = head[: error.start].decode("utf-8")
    plain = sum(1 for character in text if character.isprintable() or character in "\r\n\t")
    return text if plain >= len(text) * _PRINTABLE_SHARE else None


def _marked(text: str) -> Markup:
    """Return text with each invisible character as a marked escape, such as an EDI separator."""
    lines = text.replace("\r\n", "\n")
    hidden = {character for character in lines if not character.isprintable()} - set("\n\t")
    written = {ord(character): _escape_of(character) for character in hidden}
    return Markup(str(escape(lines)).translate(written))  # noqa: S704 - escaped before


def _escape_of(character: str) -> str:
    return f'<span class="esc">{character.encode("unicode_escape").decode()}</span>'


def _hex_dump(head: bytes) -> Markup:
    rows = (head[start : start + _WIDTH] for start in range(0, len(head), _WIDTH))
    lines = (
        f"{number * _WIDTH:08x}  {row.hex(' '):<{_WIDTH * 3 - 1}}  {_ascii(row)}"
        for number, row in enumerate(rows)
    )
    return escape("\n".join(lines))


def _ascii(row: bytes) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
