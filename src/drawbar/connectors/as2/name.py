"""The two names of a message: who sent it and for whom, told apart to the letter.

Names are case-sensitive, 1 to 128 printable characters; one with a blank, a quote or a backslash
travels in quotes. Source: RFC 4130, section 6.2.
"""

import re

_NAME = re.compile(r"[ -~]{1,128}")
_BARE = re.compile(r"[!#-\[\]-~]{1,128}")  # no blank, quote or backslash
_QUOTED = re.compile(r'"((?:[^"\\]|\\["\\]){1,256})"')


class NotAName(ValueError):
    """An AS2 name that nobody can have. Ask the partner for the exact name."""


def checked(name: str) -> str:
    """Return a name as a firm writes it down. Raise ``NotAName``."""
    if not _NAME.fullmatch(name) or name != name.strip():
        raise NotAName(f"{name[:140]!r} is not 1 to 128 printable characters without outer blanks")
    return name


def quoted(name: str) -> str:
    """Return a name as it travels in a header."""
    if _BARE.fullmatch(name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def read_name(header: str) -> str:
    """Return the name that a header says, without its quotes. Raise ``NotAName``."""
    text = header.strip(" \t")
    found = _QUOTED.fullmatch(text)
    if found:
        return checked(re.sub(r"\\(.)", r"\1", found[1]))
    if text.startswith('"'):
        raise NotAName(f"the quotes of {text[:140]!r} do not close")
    return checked(text)
