"""What stands inside an element: repetitions and components, with release characters taken care of.

Elements are kept as they were written; whoever needs a part of one asks here.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from drawbar.edi.segment import Dialect, Segment


class UnableToWrite(ValueError):
    """The data holds a delimiter of this partner, or a character outside of its character set.

    Choose other delimiters in the partner's profile, or say what to write instead.
    """


def split(text: str, mark: str, release: str) -> list[str]:
    """Split at each ``mark`` that is not released. Release characters stay where they are."""
    parts = text.split(mark) if mark else [text]
    if not release or release not in text or len(parts) == 1:
        return parts
    joined: list[list[str]] = []
    is_open = False
    for part in parts:
        if is_open:
            joined[-1].append(part)
        else:
            joined.append([part])
        is_open = ends_released(part, release)
    return [mark.join(pieces) for pieces in joined]


def ends_released(text: str, release: str) -> bool:
    """Say whether the last character of ``text`` is a release character in force."""
    return bool(release) and bool((len(text) - len(text.rstrip(release))) % 2)


def unreleased(text: str, release: str) -> str:
    """Return the data: what was released without its release characters."""
    return _released(release).sub(r"\1", text) if release and release in text else text


def released(text: str, dialect: Dialect) -> str:
    """Return data as it is written, each delimiter behind a release character."""
    marks = _marks("".join(dialect.delimiters))
    if not dialect.release:
        if marks.search(text):
            message = f"a delimiter in data, and no release character: {text[:80]!r}"
            raise UnableToWrite(message)
        return text
    return marks.sub(lambda match: dialect.release + match[0], text)


@lru_cache(maxsize=64)
def _released(release: str) -> re.Pattern[str]:
    return re.compile(re.escape(release) + r"(.)", re.DOTALL)


@lru_cache(maxsize=64)
def _marks(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(marks)}]")


def repetitions(item: Segment, element: int, dialect: Dialect) -> list[str]:
    """Return the repetitions of an element as written; one, perhaps empty, when it has no more."""
    return split(item.get(element), dialect.repetition, dialect.release)


def component(item: Segment, element: int, number: int, dialect: Dialect) -> str:
    """Return component ``number`` (from 1) of an element's first repetition, as data."""
    text = item.get(element)
    if not text:
        return ""
    first = repetitions(item, element, dialect)[0] if dialect.repetition else text
    parts = split(first, dialect.component, dialect.release)
    return unreleased(parts[number - 1], dialect.release) if number <= len(parts) else ""


def composite(components: Sequence[str], dialect: Dialect) -> str:
    """Return an element of these components as written; empty ones at its end are left out."""
    kept = list(components)
    while kept and not kept[-1]:
        kept.pop()
    return dialect.component.join(released(each, dialect) for each in kept)


def neutral(text: str, dialect: Dialect) -> str:
    """Return an element with marks of our own, the same whatever delimiters it was written with."""
    return "\x1c".join(
        "\x1d".join(
            unreleased(each, dialect.release)
            for each in split(repetition, dialect.component, dialect.release)
        )
        for repetition in split(text, dialect.repetition, dialect.release)
    )
