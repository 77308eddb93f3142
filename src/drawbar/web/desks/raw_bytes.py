"""Raw bytes as a person can read them: text with what is invisible made visible, else a hex dump.

Nothing of the bytes is lost or changed in the file itself; a long one is cut on the page.
"""

from markupsafe import Markup, escape
from msgspec import Struct

from drawbar.web.desks.raw_bytes_place import stretch_of

SHOWN_BYTES_MAX = 64 * 1024
_WIDTH = 16
_BEFORE = 4 * 1024
_PRINTABLE_SHARE = 0.85


class Shown(Struct, frozen=True, kw_only=True):
    """What is put on the page. ``cut`` says that there is more."""

    html: Markup
    is_binary: bool
    cut: bool


def shown(body: bytes, *, place: str = "") -> Shown:
    """Return the beginning of ``body`` for a page, with the place marked that it is opened for.

    Where the place stands further on, its surroundings are shown instead.
    """
    text = _as_text(body)
    if text is None:
        head = body[:SHOWN_BYTES_MAX]
        return Shown(html=_hex_dump(head), is_binary=True, cut=len(body) > len(head))
    stretch = stretch_of(text, place) if place else None
    begin = max(0, stretch[0] - _BEFORE) if stretch and stretch[1] > SHOWN_BYTES_MAX else 0
    end = begin + SHOWN_BYTES_MAX
    start, stop = stretch or (end, end)
    parts = (text[begin:start], text[start:stop], text[stop:end])
    html = _marked(parts[0][:SHOWN_BYTES_MAX])
    if stretch:
        here = Markup('<mark class="here" id="here">{}</mark>').format(_marked(parts[1]))
        html = html + here + _marked(parts[2])
    return Shown(html=html, is_binary=False, cut=begin > 0 or len(text) > end)


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
