"""A conflict of sources: two reports of one thing that cannot both be true.

The better source counts meanwhile; a person settles it with a correction that names a report.
"""

from msgspec import Struct

from drawbar.freight.fact import FactKey
from drawbar.freight.milestone import MilestoneKind


class SourceConflict(Struct, frozen=True, kw_only=True):
    """What is contradicted, in words. ``keys`` are the reports, the chosen one first if any is."""

    stop: int
    kind: MilestoneKind
    keys: tuple[FactKey, ...]
    text: str
