"""What people did on the desks: whether a form was taken before."""

from drawbar.records.queries import statements
from drawbar.records.sheet import Rows

_SQL = statements("acted")


def is_on_file(cursor: Rows, scope: tuple[str, str, str]) -> bool:
    """Say whether a message came by this channel, from this sender, under this key."""
    asked = dict(zip(("channel", "sender", "key"), scope, strict=True))
    return cursor.execute(_SQL["is_on_file"], asked).fetchone() is not None
