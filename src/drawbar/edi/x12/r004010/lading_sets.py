"""The sets that describe a lading, read by their structure: motor, government, rail and air.

Source: X12 transaction sets 110, 211, 404 and 858, release 004010, restated; rare segments left
out.
"""

from drawbar.edi.x12.definition import read_set
from drawbar.edi.x12.r004010.part import EQUIPMENT, PARTY, indented

BILL_OF_LADING = read_set(
    "211",
    "BL",
    f"""
ST M 1
BOL M 1
B2A O 1
MS3 O 12
L11 O 0
G62 O 6
AT5 O 0
K1 O 10
loop party O 10
{indented(PARTY, 2)}
  L11 O 5
  G61 O 3
loop equipment O 10
{indented(EQUIPMENT, 2)}
loop stop O 0
  S5 O 1
  L11 O 10
  G62 O 6
  AT8 O 1
  N1 O 1
  N3 O 2
  N4 O 1
loop line O 9999
  AT1 O 1
  L11 O 10
  loop lading O 0
    AT4 O 1
    AT2 O 50
    L11 O 10
    AT3 O 10
    AT9 O 1
    G61 O 1
    LH6 O 6
    LH1 O 0
    LH2 O 0
    LH3 O 0
  loop order O 0
    SPO O 1
    SDQ O 10
AT3 O 10
L3 O 1
SE M 1
""",
)

GOVERNMENT_LADING = read_set(
    "858",
    "SI",
    f"""
ST M 1
BX M 1
BNX O 1
N9 O 0
MS3 O 12
R1 O 1
R2 O 13
R3 O 12
G62 O 10
H3 O 20
NTE O 20
loop party O 0
{indented(PARTY, 2)}
  N9 O 10
  G61 O 3
  PER O 3
loop equipment O 10
{indented(EQUIPMENT, 2)}
loop level O 0
  HL O 1
  N9 O 10
  MS3 O 12
  G62 O 10
  SL1 O 1
  NTE O 10
  loop party O 0
{indented(PARTY, 4)}
  loop equipment O 10
{indented(EQUIPMENT, 4)}
  loop rated O 0
    L5 O 1
    L0 O 10
    L1 O 100
    L4 O 10
    L7 O 10
  loop charge O 0
    L0 O 1
    L1 O 100
  C3 O 1
  loop accounting O 0
    FA1 O 1
    FA2 O 0
L3 O 1
C3 O 1
loop accounting O 0
  FA1 O 1
  FA2 O 0
SE M 1
""",
)

RAIL_LADING = read_set(
    "404",
    "SR",
    f"""
ST M 1
ZC1 O 1
BX O 1
BNX O 1
M3 M 1
N9 M 30
CM O 2
M1 O 1
DTM O 5
loop equipment O 500
  N7 O 1
  EM O 1
  VC O 36
  M7 O 5
  N5 O 1
  IC O 1
  IM O 1
  M12 O 2
  E1 O 2
  E4 O 1
  E5 O 13
  PI O 1
  loop reference O 99
    REF O 1
    N10 O 15
NA O 10
F9 O 1
D9 O 1
F4 O 2
D4 O 2
loop party O 15
{indented(PARTY, 2)}
  REF O 12
  PER O 2
  BL O 12
S1 O 12
R2 O 13
R9 O 1
E1 O 2
H3 O 20
PS O 5
loop line O 25
  LX O 1
  L5 O 15
  L0 O 10
  MEA O 1
  L1 O 10
  PI O 30
T1 O 64
L3 O 1
LS O 1
LH1 O 0
PER O 5
LH2 O 6
M12 O 2
XH O 1
X7 O 10
SE M 1
""",
)

AIR_INVOICE = read_set(
    "110",
    "IA",
    f"""
ST M 1
B3 M 1
B2 O 1
C2 O 1
C3 O 1
ITD O 1
L11 O 10
loop party O 10
{indented(PARTY, 2)}
  L11 O 5
G62 O 10
R4 O 2
loop line O 9999
  LX O 1
  L11 O 10
  P1 O 1
  R1 O 1
  POD O 1
  V9 O 5
  RMT O 2
  NTE O 10
  loop party O 10
{indented(PARTY, 4)}
  L5 O 10
  L0 O 10
  L10 O 1
  L1 O 30
  SL1 O 1
L3 O 1
SE M 1
""",
)
