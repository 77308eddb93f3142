"""The sets of money: a payment's remittance advice, and an invoice for goods.

Source: X12 transaction sets 810 and 820, release 004010, restated. Many payers leave out the ENT:
so items may also stand by themselves.
"""

from drawbar.edi.x12.definition import read_set
from drawbar.edi.x12.r004010.part import GENERAL_PARTY, indented

_ADJUSTMENT = """
{0}loop adjustment O 0
{0}  ADX O 1
{0}  NTE O 0
{0}  PER O 0
{0}  REF O 0
{0}  DTM O 0
"""

_ITEM = """
{0}loop item O 0
{0}  RMR O 1
{0}  NTE O 0
{0}  REF O 0
{0}  DTM O 0
{0}  loop article O 0
{0}    IT1 O 1
{0}    REF O 0
{0}    loop sub_article O 0
{0}      SLN O 1
{0}      REF O 0
{0}  loop adjustment O 0
{0}    ADX O 1
{0}    NTE O 0
{0}    PER O 0
{0}    REF O 0
{0}    DTM O 0
"""

REMITTANCE = read_set(
    "820",
    "RA",
    f"""
ST M 1
BPR M 1
NTE O 0
TRN O 1
CUR O 1
REF O 0
DTM O 0
loop party O 0
{indented(GENERAL_PARTY, 2)}
  RDM O 1
  DTM O 1
{indented(_ADJUSTMENT, 0)}
{indented(_ITEM, 0)}
loop entity O 0
  ENT O 1
  loop person O 0
    NM1 O 1
    N2 O 0
    N3 O 0
    N4 O 1
    REF O 0
    PER O 0
    DTM O 0
{indented(_ADJUSTMENT, 2)}
{indented(_ITEM, 2)}
SE M 1
""",
)

INVOICE = read_set(
    "810",
    "IN",
    f"""
ST M 1
BIG M 1
NTE O 100
CUR O 1
REF O 12
YNQ O 10
PER O 3
loop party O 200
{indented(GENERAL_PARTY, 2)}
  DMG O 1
ITD O 0
DTM O 10
FOB O 1
PID O 200
MEA O 40
PWK O 25
PKG O 25
L7 O 1
BAL O 0
INC O 1
PAM O 0
loop source O 10
  LM O 1
  LQ O 100
loop note O 1
  N9 O 1
  MSG O 10
loop line O 200000
  IT1 O 1
  CRC O 1
  QTY O 5
  CUR O 1
  IT3 O 5
  TXI O 10
  CTP O 25
  PAM O 10
  MEA O 40
  loop description O 1000
    PID O 1
    MEA O 10
  PWK O 25
  PKG O 25
  PO4 O 1
  ITD O 2
  REF O 0
  YNQ O 10
  PER O 5
  SDQ O 500
  DTM O 10
  CAD O 0
  L7 O 0
  SR O 1
  loop charge O 25
    SAC O 1
    TXI O 10
  loop sub_line O 1000
    SLN O 1
    DTM O 1
    REF O 0
    PID O 1000
    SAC O 25
    TC2 O 2
    TXI O 10
  loop party O 200
{indented(GENERAL_PARTY, 4)}
  loop accounting O 0
    FA1 O 1
    FA2 O 0
  loop source O 10
    LM O 1
    LQ O 100
TDS O 1
TXI O 10
loop carrier O 1
  CAD O 1
  AMT O 0
AMT O 0
loop charge O 25
  SAC O 1
  TXI O 10
loop shipment O 0
  ISS O 1
  PID O 1
CTT O 1
SE M 1
""",
)
