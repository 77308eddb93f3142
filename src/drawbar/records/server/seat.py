"""All that is needed to run one server of our own: where, as whom, with which programs."""

from pathlib import Path

from msgspec import Struct

from drawbar.records.server.account import Account
from drawbar.records.server.binaries import Binaries
from drawbar.records.server.password import Passwords
from drawbar.records.server.place import Place


class Seat(Struct, frozen=True):
    """One server that may or may not run just now."""

    place: Place
    account: Account
    binaries: Binaries
    passwords: Passwords

    def run(self, program: str, *words: str | Path) -> tuple[bool, str]:
        """Run one of PostgreSQL's programs; return whether it went well, and what it said."""
        command = [self.binaries.program(program), *words]
        ended = self.account.run(command)
        return ended.returncode == 0, (ended.stderr or ended.stdout).strip()
