"""What was learned last: the strip on the first page that goes on while one looks."""

from datetime import datetime

from msgspec import Struct

from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.web.desks.story_place import page_of

_SQL = statements("desk")


class Happening(Struct, frozen=True, kw_only=True):
    """One fact as it came in. ``place`` is the page of the story that it belongs to."""

    key: str
    name: str
    happened_at: datetime
    learned_at: datetime
    message_ref: str
    kind: str
    ref: str
    note: str
    place: str


def happenings(cursor: Rows, *, limit: int, sees_money: bool) -> list[Happening]:
    """Return the last facts, the newest first; notes name amounts, so not for everybody."""
    found = []
    for *told, kind, ref, note in cursor.execute(_SQL["live"], {"limit": limit}):
        key, name, happened_at, learned_at, message_ref = told
        found.append(
            Happening(
                key=key,
                name=name,
                happened_at=happened_at,
                learned_at=learned_at,
                message_ref=message_ref,
                kind=kind or "",
                ref=ref or "",
                note=(note or "") if sees_money else "",
                place=page_of(kind or "", ref or ""),
            )
        )
    return found
