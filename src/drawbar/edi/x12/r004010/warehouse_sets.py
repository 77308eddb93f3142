"""The sets between an owner of goods and a warehouse: ship this, and this was shipped.

Source: X12 transaction sets 940 and 945, release 004010, restated.
"""

from drawbar.edi.x12.definition import read_set
from drawbar.edi.x12.r004010.part import PARTY, indented

_HEAD = f"""
loop party O 10
{indented(PARTY, 2)}
  PER O 3
N9 O 0
PER O 3
G61 O 3
G62 O 10
NTE O 9999
"""

WAREHOUSE_ORDER = read_set(
    "940",
    "OW",
    f"""
ST M 1
W05 M 1
{_HEAD.strip()}
W09 O 1
W66 O 1
W6 O 1
loop group M 9999
  LX M 1
  N9 O 200
  MAN O 10
  loop item O 9999
    W01 O 1
    G69 O 5
    N9 O 200
    PI O 200
    W20 O 1
    QTY O 0
    AMT O 0
    G62 O 10
    loop party O 10
{indented(PARTY, 6)}
W76 O 1
SE M 1
""",
)

WAREHOUSE_SHIPMENT = read_set(
    "945",
    "SW",
    f"""
ST M 1
W06 M 1
{_HEAD.strip()}
W27 O 1
W28 O 1
W10 O 10
loop group O 9999
  LX O 1
  MAN O 0
  PAL O 1
  N9 O 0
  loop item O 9999
    W12 O 1
    G69 O 5
    N9 O 200
    QTY O 0
    MEA O 40
    AMT O 10
    G62 O 10
    R4 O 1
W03 O 1
SE M 1
""",
)
