"""A server for one bench, of our own and thrown away afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from drawbar.records.migrate import migrate
from drawbar.records.server import Logins, open_database


@contextmanager
def fresh_database() -> Iterator[Logins]:
    """Yield the logins of an empty, migrated database."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # under root the server's account must get through
        with open_database(environ={}, data_dir=Path(folder, "data")) as database:
            migrate(database.owner_url, files("drawbar.records") / "sql" / "migrations")
            yield database.logins
