"""What people did: whether a form was taken before, and who mended what was sent."""

from drawbar.freight.stream import StreamKey
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("acted")


def is_on_file(cursor: Rows, scope: tuple[str, str, str]) -> bool:
    """Say whether a message came by this channel, from this sender, under this key."""
    asked = dict(zip(("channel", "sender", "key"), scope, strict=True))
    return cursor.execute(_SQL["is_on_file"], asked).fetchone() is not None


def said_under(cursor: Rows, scope: tuple[str, str, str]) -> bytes | None:
    """Return the bytes that first came under a key, None where nothing did."""
    asked = dict(zip(("channel", "sender", "key"), scope, strict=True))
    row = cursor.execute(_SQL["said_under"], asked).fetchone()
    return row[0] if row else None


def editors_of(cursor: Rows, key: StreamKey) -> set[str]:
    """Return who mended the messages that a stream was read from."""
    rows = cursor.execute(_SQL["editors_of"], {"kind": key.kind.value, "ref": key.ref})
    return {author for (author,) in rows}
