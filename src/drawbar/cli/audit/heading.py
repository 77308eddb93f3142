"""Which column of a stranger's table is which field of ours; an unknown one is only named."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache

from drawbar.cli.audit.field import FIELDS, NEEDED
from drawbar.cli.audit.row import Sheet
from drawbar.cli.audit.setting import Habits
from drawbar.cli.audit.unread import Refused, UnreadList, shown
from drawbar.cli.audit.word import is_charge

_NUMBER = {"no", "nr", "num", "nbr", "number"}
_WORDS = re.compile(r"[^\W_]+|#")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
HEADINGS_MAX = 1_000


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """Return a heading as it is compared: "Invoice No.", "invoice_number", "InvoiceNumber"."""
    words = _WORDS.findall(_CAMEL.sub(" ", heading).casefold())
    return " ".join("number" if word in _NUMBER or word == "#" else word for word in words)


@cache
def known_words(kind: str) -> Mapping[str, str]:
    """Return our field by every word that heads it in a table of this kind."""
    words: dict[str, str] = {}
    for field, others in FIELDS[kind].items():
        for other in others:
            words.setdefault(plain(other), field)
    for field in FIELDS[kind]:
        words[plain(field)] = field
    return words


def sheet_of(
    kind: str, file: str, headings: Sequence[str], *, habits: Habits, unread: UnreadList
) -> Sheet:
    """Return the table by its headings. Raise ``Refused`` where it lacks what it must have."""
    if len(headings) > HEADINGS_MAX:
        text = f"{len(headings):,} columns"
        raise Refused(text, remedy="Check what parts the columns: comma, semicolon or tab.")
    own = {plain(heading): field for heading, field in habits.columns.items()}
    words = known_words(kind)
    places: dict[str, int] = {}
    for at, heading in enumerate(headings):
        named = plain(heading)
        field = own.get(named) or words.get(named)
        if own.get(named, field) not in {*FIELDS[kind], None, ""}:
            raise _no_field(kind, heading, own[named])
        if not field:
            _unknown(kind, file, heading, unread)
        elif field in places:
            _settle_twice(field, headings, places[field], at, own, kind)
            places[field] = _better(field, headings, places[field], at, own)
        else:
            places[field] = at
    _require(kind, headings, places)
    return Sheet(kind=kind, file=file, habits=habits, places=places, headings=tuple(headings))


def kind_by_headings(headings: Iterable[str]) -> str:
    """Return what a table is about where its headings fit one kind only, else nothing."""
    named = {plain(heading) for heading in headings}
    fits = {
        kind: len(named & set(known_words(kind)))
        for kind in FIELDS
        if set(NEEDED[kind]) <= {known_words(kind).get(one) for one in named}
    }
    best = max(fits.values(), default=0)
    kinds = [kind for kind, count in fits.items() if count == best]
    return kinds[0] if len(kinds) == 1 and best >= 3 else ""


def fit(kind: str, headings: Iterable[str], habits: Habits) -> int:
    """Return how many headings are known, by which the right delimiter is told from others."""
    own = {plain(heading) for heading in habits.columns}
    words = known_words(kind) if kind else {w for one in FIELDS for w in known_words(one)}
    return sum(1 for heading in headings if plain(heading) in words or plain(heading) in own)


def _unknown(kind: str, file: str, heading: str, unread: UnreadList) -> None:
    if not heading.strip() or (kind == "bills" and is_charge(heading)):
        return
    near = get_close_matches(plain(heading), known_words(kind), n=1, cutoff=0.75)
    hint = f"; is it {known_words(kind)[near[0]]!r}?" if near else ""
    error = Refused(
        f"the column {shown(heading)} is not one that an audit reads{hint}",
        field=heading[:80],
        remedy=f"If it matters, say in columns.yaml under columns what {shown(heading)} is.",
    )
    unread.note(file, "", error)


def _no_field(kind: str, heading: str, field: str) -> Refused:
    near = get_close_matches(field, FIELDS[kind], n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return Refused(
        f"columns.yaml says that {shown(heading)} is {field!r}, which no {kind} have{hint}",
        field=heading,
        remedy=f"Name one of: {', '.join(FIELDS[kind])}.",
    )


def _settle_twice(
    field: str, headings: Sequence[str], one: int, other: int, own: Mapping[str, str], kind: str
) -> None:
    """Raise ``Refused`` where two columns have an equal claim to be one field."""
    claims = [_claim(field, headings[at], own) for at in (one, other)]
    if claims[0] == claims[1]:
        names = f"{shown(headings[one])} and {shown(headings[other])}"
        raise Refused(
            f"two columns could be {field!r}: {names}",
            field=headings[other],
            remedy=f'Say in columns.yaml which of the {kind} columns it is, and "" for the other.',
        )


def _better(
    field: str, headings: Sequence[str], one: int, other: int, own: Mapping[str, str]
) -> int:
    is_first = _claim(field, headings[one], own) < _claim(field, headings[other], own)
    return one if is_first else other


def _claim(field: str, heading: str, own: Mapping[str, str]) -> int:
    """Return how good a claim is, best first: said by the owner, our own word, another word."""
    if plain(heading) in own:
        return 0
    return 1 if plain(heading) == plain(field) else 2


def _require(kind: str, headings: Sequence[str], places: Mapping[str, int]) -> None:
    lacking = [field for field in NEEDED[kind] if field not in places]
    if not lacking:
        return
    found = ", ".join(shown(name[:40]) for name in headings[:40])
    raise Refused(
        f"no column for {', '.join(map(repr, lacking))}; its headings are {found}",
        field=lacking[0],
        remedy=f"Head the column {lacking[0]!r}, or say in columns.yaml which one it is.",
    )
