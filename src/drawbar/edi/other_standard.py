"""Files of standards that we recognise and do not read, so that nobody takes them for noise.

Interactive EDIFACT is a dialogue and not a file of messages; TRADACOMS serves British retail and
has no message about freight.
"""

import re

from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.meaning import found
from drawbar.edi.segment import Segment

_OPENINGS = re.compile(
    r"(?<![A-Za-z0-9])(?:(?P<interactive>UI[BH])[^A-Za-z0-9\s]|(?P<tradacoms>STX|MHD)=)"
)
_NAMES = {"interactive": "interactive EDIFACT", "tradacoms": "TRADACOMS"}


def other_standard(text: str, offset: int) -> tuple[Finding, ...]:
    """Return the finding that ``text``, which begins at byte ``offset``, is of such a standard."""
    opening = _OPENINGS.search(text)
    if opening is None:
        return ()
    kind = opening.lastgroup or ""
    at = Segment(opening[kind], offset=offset + opening.start())
    return (found(FindingCode.STANDARD_OTHER, at, expected="X12 or EDIFACT", actual=_NAMES[kind]),)
