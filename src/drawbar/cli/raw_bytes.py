"""Raw bytes as a terminal may show them: text with the invisible escaped, else a hex dump."""

from drawbar.cli.table import visible

_WIDTH = 16
_PRINTABLE_SHARE = 0.85


def readable(body: bytes) -> str:
    """Return all of ``body`` to be read; a terminal does nothing but show it."""
    text = _as_text(body)
    return _hex_dump(body) if text is None else visible(text.replace("\r\n", "\n"))


def _as_text(body: bytes) -> str | None:
    """Return the bytes as text; None where they are none, or mostly do not print."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    plain = sum(one.isprintable() or one in "\r\n\t" for one in text)
    return text if plain >= len(text) * _PRINTABLE_SHARE else None


def _hex_dump(body: bytes) -> str:
    starts = range(0, len(body), _WIDTH)
    return "\n".join(_hex_row(start, body[start : start + _WIDTH]) for start in starts)


def _hex_row(start: int, row: bytes) -> str:
    letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
    return f"{start:08x}  {row.hex(' '):<{_WIDTH * 3 - 1}}  {letters}"
