"""Blocks of segments that occur in several sets: a party, dangerous goods, equipment.

``indented`` puts a block at its depth in a set.
"""

PARTY = """
{0}N1 O 1
{0}N2 O 1
{0}N3 O 2
{0}N4 O 1
"""

GENERAL_PARTY = """
{0}N1 O 1
{0}N2 O 2
{0}N3 O 2
{0}N4 O 1
{0}REF O 12
{0}PER O 3
"""

HAZARD = """
{0}LH1 O 1
{0}LH2 O 4
{0}LH3 O 10
{0}LFH O 20
{0}LEP O 3
{0}LH4 O 1
{0}LHT O 3
"""

LADING = """
{0}L5 O 1
{0}AT8 O 1
{0}loop contact O 99 ?
{0}  G61 O 1
{0}  L11 O 5
{0}  LH6 O 6
{0}  loop hazard O 25
"""

EQUIPMENT = """
{0}N7 O 1
{0}N7A O 1
{0}N7B O 1
{0}MEA O 1
{0}M7 O 2
"""


def indented(block: str, blanks: int) -> str:
    """Return a block of lines, each behind so many blanks."""
    return block.strip("\n").format(" " * blanks)
