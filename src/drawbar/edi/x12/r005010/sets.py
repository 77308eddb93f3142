"""Sets of release 005010, where they differ from 004010.

Source: X12 transaction set 214, release 005010, restated: what a line is about comes before its
events.
"""

from drawbar.edi.x12.definition import read_set
from drawbar.edi.x12.r004010.part import PARTY, indented
from drawbar.edi.x12.r004010.sets import SETS as EARLIER

SHIPMENT_STATUS = read_set(
    "214",
    "QM",
    f"""
ST M 1
B10 M 1
L11 O 300
MAN O 9999
K1 O 10
loop party O 10
{indented(PARTY, 2)}
  G62 O 1
  L11 O 5
  G61 O 3
MS3 O 12
loop line O 999999 ?
  LX O 1
  L11 O 999
  MAN O 9999
  Q7 O 10
  K1 O 10
  AT5 O 10
  AT8 O 10
  loop status O 10 ?
    AT7 O 1
    MS1 O 1
    MS2 O 1
    M7 O 5
  loop party O 10
{indented(PARTY, 4)}
    L11 O 5
  loop parcel O 999999
    CD3 O 1
    L11 O 20
    AT8 O 10
  loop order O 999999
    PRF O 1
    L11 O 20
  loop purchase_order O 999999
    SPO O 1
    SDQ O 10
SE M 1
""",
)

SETS = EARLIER | {SHIPMENT_STATUS.code: SHIPMENT_STATUS}
"""Set code -> definition."""
