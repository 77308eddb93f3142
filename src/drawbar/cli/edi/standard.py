"""The two syntaxes that partners write."""

from enum import StrEnum

from drawbar.edi import Interchange

ENVELOPES = frozenset({"ISA", "GS", "GE", "IEA", "UNB", "UNG", "UNE", "UNZ"})
"""The segments that open and close interchanges and groups."""


class Standard(StrEnum):
    """The syntax that an interchange is written in."""

    X12 = "X12"
    EDIFACT = "EDIFACT"


def standard_of(interchange: Interchange) -> Standard:
    """Return the standard of an interchange."""
    return Standard.EDIFACT if interchange.is_edifact else Standard.X12
