"""What a firm has to say about its bank: its folders, its account, its names in EDI."""

from msgspec import Struct

from drawbar.connectors.port import Capabilities
from drawbar.connectors.wire.setting import HERE, WireSettings
from drawbar.freight.instant import zone
from drawbar.settlement.pain001 import Debtor

KINDS = frozenset({"InstructPayments", "SendRemittance"})
FLOWS = ("statements",)


class Folders(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where files lie. ``inbox`` and ``outbox`` are shared with the bank; ``own`` is ours alone.

    ``own`` is on the same disk as ``inbox``. The bank forwards remittances from ``remittances``,
    which is the outbox where nothing else is said.
    """

    inbox: str
    outbox: str
    own: str
    remittances: str = ""


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One bank. ``debtor`` is who pays from which account; ``zone`` dates its files.

    ``edi_sender`` and ``edi_receiver`` name both sides in the envelope of a remittance.
    """

    system: str
    folders: Folders
    wire: WireSettings = HERE
    debtor: Debtor
    zone: str = "UTC"
    edi_sender: str = "DRAWBAR"
    edi_receiver: str = "BANK"
    stable_seconds: float = 2.0

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a zone that does not exist."""
        zone(self.zone)

    @property
    def channel(self) -> str:
        """Return the channel of its statements."""
        return f"bank:{self.system}:statements"


def capabilities(settings: Settings) -> Capabilities:
    """Return what can be asked of it: one file at a time, in order."""
    can_find = settings.wire.can_look_up
    return Capabilities(kinds=KINDS, flows=FLOWS, echoes=(), can_find=can_find, concurrency=1)
