"""Segments of release 005010, where they differ from 004010.

Source: X12 data element dictionary and segment directory, release 005010, restated. ``any`` stands
for an element that was added and that we only keep.
"""

from drawbar.edi.x12.definition import read_elements, read_segments
from drawbar.edi.x12.r004010.elements import ELEMENTS
from drawbar.edi.x12.r004010.segments import SEGMENT_TABLE

CHANGES = read_elements("""
contact_number        364  AN 1 256
equipment_number      207  AN 1 15
first_name            1036 AN 1 35
last_name             1035 AN 1 60
loop                  447  AN 1 4
reference             127  AN 1 50
segment_position      719  N0 1 10
signer                1035 AN 1 60
""")
"""Name -> element."""

CHANGED_SEGMENTS = """
ST  set_code! set_control! implementation
AK1 group_code! group_control! industry_version
AK2 set_code! set_control! implementation
B10 reference shipment scac! inquiry reference_kind reference yes_no any*3 | R0106 P0506
L11 reference reference_kind description date yes_no | R0103 P0102
N4  city state postal_code country location_kind location any | C0605
NM1 other_party! person_kind! last_name first_name middle_name prefix suffix \\
    other_id_kind id any*3 | P0809
"""

SEGMENTS = read_segments(SEGMENT_TABLE + CHANGED_SEGMENTS, ELEMENTS | CHANGES)
"""Segment tag -> its elements."""
