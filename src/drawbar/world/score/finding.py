"""A finding: one thing that is wrong in the end, told so that somebody can go and look."""

from msgspec import Struct


class Finding(Struct, frozen=True, kw_only=True, order=True):
    """One mistake: which rule of docs/scorer.md it breaks, and whom it hit."""

    rule: str
    subject: str
    text: str
