"""The sets of ocean freight, read by their structure: booking confirmed, invoice, status.

Source: X12 transaction sets 301, 310 and 315, release 004010, restated; rare segments left out.
"""

from drawbar.edi.x12.definition import read_set
from drawbar.edi.x12.r004010.part import PARTY, indented

_PORT = """
{0}loop port O 20
{0}  R4 O 1
{0}  DTM O 15
{0}  SG O 1
"""

_RATED = """
{0}loop rated O 120
{0}  L0 O 1
{0}  L5 O 999
{0}  L1 O 20
{0}  L4 O 99
{0}  L7 O 1
{0}  X1 O 1
{0}  X2 O 1
{0}  PO4 O 1
"""

BOOKING = read_set(
    "301",
    "RO",
    f"""
ST M 1
B1 M 1
G61 O 3
Y6 O 2
Y3 O 1
loop release O 10
  Y4 O 1
  W09 O 1
N9 O 100
R2A O 10
loop party O 10
{indented(PARTY, 2)}
  G61 O 3
{indented(_PORT, 0)}
W09 O 1
H3 O 10
EA O 5
DTM O 6
loop line O 9999
  LX O 1
  N7 O 1
  W09 O 1
  K1 O 10
  L0 O 1
  L5 O 1
  L4 O 1
  L1 O 1
  loop hazard O 0
    H1 O 1
    H2 O 10
loop vessel O 0
  V1 O 1
  V9 O 10
K1 O 999
SE M 1
""",
)

OCEAN_INVOICE = read_set(
    "310",
    "IO",
    f"""
ST M 1
B3 M 1
B2A O 1
Y6 O 2
G3 O 1
N9 O 15
V1 O 2
M0 O 1
M1 O 1
C2 O 1
C3 O 1
Y2 O 10
loop party O 10
{indented(PARTY, 2)}
  G61 O 1
G62 O 3
H3 O 6
{indented(_PORT, 0)}
R2A O 25
loop reference O 10
  C8 O 1
  C8C O 3
loop line O 999
  LX O 1
  N9 O 5
  loop equipment O 999
    N7 O 1
    QTY O 1
    V4 O 1
    N12 O 1
    M7 O 5
    W09 O 1
    loop container O 0
      L1 O 10
      L7 O 1
      X1 O 1
      X2 O 1
      N9 O 1
      H1 O 10
      H2 O 10
      LEP O 3
      LH3 O 3
  TSI O 1
{indented(_RATED, 2)}
  loop remark O 0
    K1 O 1
L3 M 1
PWK O 1
loop charge O 20
  L1 O 1
  C3 O 1
V9 O 0
K1 O 999
L11 O 1
SE M 1
""",
)

OCEAN_STATUS = read_set(
    "315",
    "QO",
    f"""
ST M 1
B4 M 1
N9 O 30
Q2 O 1
SG O 15
{indented(_PORT, 0)}
V9 O 10
SE M 1
""",
)
