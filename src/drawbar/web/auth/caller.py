"""The caller: who is asking, in what role, and for which carrier."""

from msgspec import Struct

from drawbar.web.auth.role import SCOPES, Role, Scope

_CARRIER_PREFIX = "carrier:"


class Caller(Struct, frozen=True, kw_only=True):
    """``carrier_ref`` is set for carriers only: such a caller speaks for that carrier alone."""

    name: str
    role: Role
    carrier_ref: str = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a carrier without its name: it would pass for one of us."""
        if bool(self.carrier_ref) != (self.role is Role.CARRIER):
            raise ValueError("a carrier names itself, and nobody else names a carrier")

    @property
    def sender(self) -> str:
        """Return under what name the caller's messages are kept."""
        return _CARRIER_PREFIX + self.carrier_ref if self.carrier_ref else self.name

    def may(self, scope: Scope) -> bool:
        """Say whether the caller's role has ``scope``."""
        return scope in SCOPES[self.role]


def carrier_of(sender: str) -> str:
    """Return the carrier that a kept message came from, empty where it was one of us."""
    return sender.removeprefix(_CARRIER_PREFIX) if sender.startswith(_CARRIER_PREFIX) else ""
