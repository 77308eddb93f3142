"""How large a partner's file may be before we stop reading it: limits on everything."""

from msgspec import Struct

from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.meaning import found


class Limits(Struct, frozen=True, kw_only=True):
    """The largest file that is read whole. Beyond a limit the rest is left out, with a finding."""

    bytes_max: int = 64 * 1024 * 1024
    interchanges_max: int = 10_000
    segments_max: int = 500_000  # in a file
    elements_max: int = 200  # in a segment
    segment_characters_max: int = 100_000
    findings_max: int = 2_000  # in a file


class Findings:
    """Collects findings up to a limit; one more says that there were more."""

    def __init__(self, most: int) -> None:
        """Keep at most ``most`` findings, and one about the limit."""
        self._left = most

    def add(self, into: list[Finding], finding: Finding) -> None:
        """Put ``finding`` into the list of the envelope that it is about."""
        self._left -= 1
        if self._left >= 0:
            into.append(finding)
        elif self._left == -1:
            into.append(found(FindingCode.LIMIT_REACHED, actual="findings"))
