"""What contradicts itself in a partner's profile though each field alone is fine: for a person.

Nothing is sent or read under a profile with such a mistake before somebody has looked at it.
"""

import codecs
from collections.abc import Iterator

from drawbar.connectors.x12_folder.manifest import Mailbox, Settings

Wrong = tuple[tuple[str | int, ...], str, str]
"""Where in the file, what is wrong there, what mends it."""

ID_CHARACTERS_MAX = 15
_FIRST_WITH_REPETITION = "00402"


def profile_mistakes(profile: Settings) -> Iterator[Wrong]:
    """Yield each contradiction in the order of the file."""
    yield from _ends(profile)
    yield from _cut(profile)
    yield from _words(profile)
    yield from _receipts(profile)


def _ends(profile: Settings) -> Iterator[Wrong]:
    seen: dict[tuple[str, str], str] = {}
    named: list[tuple[tuple[str | int, ...], Mailbox]] = [
        (("ours",), profile.ours),
        (("theirs",), profile.theirs),
    ]
    named += [(("ours_also", number), one) for number, one in enumerate(profile.ours_also)]
    named += [(("theirs_also", number), one) for number, one in enumerate(profile.theirs_also)]
    for path, end in named:
        if len(end.qualifier) != 2:
            yield (*path, "qualifier"), f"{end.qualifier!r} has not two characters.", "Such as ZZ."
        if not 0 < len(end.id.strip()) <= ID_CHARACTERS_MAX:
            what = f"An id has 1 to {ID_CHARACTERS_MAX} characters, not {len(end.id.strip())}."
            yield (*path, "id"), what, "Write it as it stands in the ISA, without the blanks."
        pair = (end.qualifier, end.id)
        if pair in seen:
            what = f"{end.qualifier} {end.id} stands at {seen[pair]} already."
            yield path, what, "An id is one side's, and is named once."
        seen.setdefault(pair, ".".join(map(str, path)))


def _cut(profile: Settings) -> Iterator[Wrong]:
    cut = profile.delimiters
    marks = {
        "element": cut.element,
        "component": cut.component,
        "repetition": cut.repetition,
        "terminator": cut.terminator,
    }
    for name, mark in marks.items():
        if name != "repetition" and not mark:
            yield ("delimiters", name), "It is empty.", "Write the character that the partner uses."
        if len(mark) == 1 and (mark.isalnum() or mark == " "):
            what = f"{mark!r} occurs in what is said between the delimiters."
            yield ("delimiters", name), what, "Write a character that no text holds, such as *."
        others = [other for other, same in marks.items() if mark and same == mark and other < name]
        for other in others:
            what = f"{name} and {other} are both {mark!r}."
            yield ("delimiters", name), what, "Each delimiter is a character of its own."
    if cut.repetition and profile.version[:5] < _FIRST_WITH_REPETITION:
        what = f"{profile.version} has no repetition separator."
        remedy = "Leave it out, or write version 004020 or later."
        yield ("delimiters", "repetition"), what, remedy
    try:
        codecs.lookup(profile.charset)
    except LookupError:
        remedy = "Write ascii, latin-1, cp1252 or utf-8."
        yield ("charset",), f"No character set is called {profile.charset!r}.", remedy


def _words(profile: Settings) -> Iterator[Wrong]:
    for code in profile.statuses_without_meaning:
        if code in profile.milestones:
            what = f"{code} means {profile.milestones[code].value} and nothing at once."
            yield ("milestones", code), what, "Take it out of one of the two."
    for field, sets in (("required", profile.required), ("versions", profile.versions)):
        for code in sets:
            if not (len(code) == 3 and code.isascii() and code.isdigit()):
                what = f"{code!r} is no set such as 214."
                yield (field, code), what, "Write its three digits, in quotation marks."
    for code in profile.versions:
        if code in {"997", "999"}:
            what = "A receipt has the version of what it answers."
            yield ("versions", code), what, "Leave it out; acks.answer says which receipt it is."


def _receipts(profile: Settings) -> Iterator[Wrong]:
    acks, way = profile.acks, profile.fallback
    if acks.answer == "none" and acks.ta1 != "never":
        what = "A TA1 goes along with the receipt of the groups, and none is sent."
        yield ("acks", "ta1"), what, "Write acks.answer: usual, or acks.ta1: never."
    if way is not None and acks.due_minutes and way.after_minutes < acks.due_minutes:
        what = f"The other way begins after {way.after_minutes} minutes, before the receipt is due."
        remedy = f"Write {acks.due_minutes} or more."
        yield ("fallback", "after_minutes"), what, remedy
