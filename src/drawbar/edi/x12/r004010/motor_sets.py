"""The sets of a motor carrier: tender, answer, status and invoice.

Source: X12 transaction sets 204, 210, 214 and 990, release 004010, restated. ``M`` is mandatory,
``O`` optional; the number is how often it may occur, 0 without limit.
"""

from drawbar.edi.x12.definition import read_set
from drawbar.edi.x12.r004010.part import EQUIPMENT, HAZARD, LADING, PARTY, indented

LOAD_TENDER = read_set(
    "204",
    "SM",
    f"""
ST M 1
B2 M 1
B2A M 1
L11 O 50
G62 O 1
MS3 O 1
AT5 O 6
PLD O 1
LH6 O 6
NTE O 10
loop party O 5
{indented(PARTY, 2)}
  L11 O 1
  G61 O 3
loop equipment O 10 ?
{indented(EQUIPMENT, 2)}
loop stop M 999
  S5 M 1
  L11 O 50
  G62 O 2
  AT8 O 1
  LAD O 999
  AT5 O 6
  PLD O 1
  NTE O 20
  loop party O 1
{indented(PARTY, 4)}
    G61 O 3
  loop lading O 99
{indented(LADING, 4)}
{indented(HAZARD, 8)}
  loop order O 999
    OID O 1
    L11 O 99
    G62 O 2
    LAD O 999
    loop lading O 99
{indented(LADING, 6)}
{indented(HAZARD, 10)}
  loop equipment O 10 ?
{indented(EQUIPMENT, 4)}
L3 O 1
SE M 1
""",
)

TENDER_ANSWER = read_set(
    "990",
    "GF",
    """
ST M 1
B1 M 1
N9 O 999
L11 O 999
G62 O 6
MS3 O 1
loop equipment O 10
  N7 O 1
L9 O 40
V9 O 10
K1 O 10
loop stop O 999
  S5 O 1
  N9 O 10
  L11 O 10
  G62 O 6
  K1 O 10
SE M 1
""",
)

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
  loop status O 10 ?
    AT7 O 1
    MS1 O 1
    MS2 O 1
    M7 O 5
  L11 O 10
  MAN O 9999
  Q7 O 10
  K1 O 10
  AT5 O 10
  AT8 O 10
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

FREIGHT_INVOICE = read_set(
    "210",
    "IM",
    f"""
ST M 1
B3 M 1
C2 O 1
C3 O 1
ITD O 1
N9 O 300
L11 O 300
G62 O 6
R3 O 12
H3 O 6
K1 O 10
loop party O 10
{indented(PARTY, 2)}
  N9 O 5
  L11 O 5
loop equipment O 10 ?
  N7 O 1
  M7 O 2
loop purchase_order O 999
  SPO O 1
  SDQ O 10
loop stop O 999
  S5 O 1
  N9 O 10
  L11 O 10
  G62 O 10
  H3 O 6
  loop purchase_order O 999
    SPO O 1
    SDQ O 10
  loop party O 2
{indented(PARTY, 4)}
    N9 O 5
    L11 O 5
  loop equipment O 10 ?
    N7 O 1
    M7 O 2
loop line O 9999 ?
  LX O 1
  N9 O 5
  L11 O 5
  POD O 1
  L5 O 30
  H1 O 3
  H2 O 2
  L0 O 10
  L1 O 50
  L4 O 10
  L7 O 10
  K1 O 10
  loop purchase_order O 999
    SPO O 1
    SDQ O 10
  loop party O 999
{indented(PARTY, 4)}
    N9 O 5
    L11 O 5
    loop parcel O 999
      CD3 O 1
      N9 O 20
L3 O 1
SE M 1
""",
)
