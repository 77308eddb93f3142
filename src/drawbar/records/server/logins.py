"""The three ways into one database: as its owner, as the engine, as the web's request.

Each is a connection URL that psycopg takes; each role may do no more than its work needs.
"""

from urllib.parse import urlencode

from msgspec import Struct
from psycopg.conninfo import conninfo_to_dict

from drawbar.records.server.port import LOOPBACK


class Logins(Struct, frozen=True):
    """``owner`` migrates, ``engine`` takes in and works, ``request`` reads under row security."""

    owner_url: str
    engine_url: str
    request_url: str

    def __repr__(self) -> str:
        return "Logins(...)"  # URLs hold passwords

    def at(self, database: str) -> "Logins":
        """Return the same logins to another database of the same server."""
        return Logins(
            altered(self.owner_url, dbname=database),
            altered(self.engine_url, dbname=database),
            altered(self.request_url, dbname=database),
        )


def local_url(*, user: str, password: str, port: int, database: str) -> str:
    """Return the URL of a role of our own server, whatever PG* says in the environment."""
    plain = "sslmode=disable&gssencmode=disable"  # it never leaves the machine
    return f"postgresql://{user}:{password}@{LOOPBACK}:{port}/{database}?{plain}"


def altered(url: str, **parts: str) -> str:
    """Return ``url`` with some of its parts (``user``, ``password``, ``dbname``) replaced."""
    found = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    return "postgresql:///?" + urlencode({**found, **parts})
