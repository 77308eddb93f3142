"""Segments of the releases before 004010, where they differ: years had two digits.

Source: X12 data element dictionary, release 003060, restated. Eight digits are read as well, since
partners who moved on often left the version as it was.
"""

from drawbar.edi.x12.definition import read_elements, read_segments
from drawbar.edi.x12.r004010.elements import ELEMENTS
from drawbar.edi.x12.r004010.segments import SEGMENT_TABLE

CHANGES = read_elements("""
date                  373  DT 6 8
delivery_date         32   DT 6 8
discount_due          370  DT 6 8
net_due               446  DT 6 8
""")
"""Name -> element."""

SEGMENTS = read_segments(SEGMENT_TABLE, ELEMENTS | CHANGES)
"""Segment tag -> its elements."""
