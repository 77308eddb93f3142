"""Near misses: what somebody may have meant when nobody knows the reference that they wrote."""

from difflib import SequenceMatcher

from msgspec import Struct

from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("near")
SHOWN_MAX = 8
_CANDIDATES_MAX = 400
_LENGTH_MIN = 4
_ALIKE_MIN = 0.75


class Near(Struct, frozen=True, kw_only=True):
    """A stream whose name is much like the one asked for, and that name."""

    kind: str
    ref: str
    spelled: str


def near(cursor: Rows, text: str) -> list[Near]:
    """Return what is most like ``text``, the likest first; empty for a text that is too short."""
    wanted = text.strip()
    if len(wanted) < _LENGTH_MIN:
        return []
    asked = {
        "beginning": _literal(wanted[: (len(wanted) + 1) // 2]) + "%",
        "ending": "%" + _literal(wanted[len(wanted) // 2 :]),
        "limit": _CANDIDATES_MAX,
    }
    asks = (_SQL["names_like"], _SQL["refs_like"])
    rows = [row for ask in asks for row in cursor.execute(ask, asked).fetchall()]
    found = {
        (kind, ref): (_alike(wanted, spelled), Near(kind=kind, ref=ref, spelled=spelled))
        for kind, ref, spelled in rows
        if _alike(wanted, spelled) >= _ALIKE_MIN
    }
    best = sorted(found.values(), key=lambda each: (-each[0], each[1].kind, each[1].ref))
    return [each for _, each in best[:SHOWN_MAX]]


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.upper(), other.upper(), autojunk=False).ratio()


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
