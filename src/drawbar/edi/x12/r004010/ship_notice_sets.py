"""The ship notice, read by its levels: shipment, order, package, item (X12 856).

Source: X12 transaction set 856, release 004010, restated. ``hierarchy`` puts the levels together.
"""

from drawbar.edi.x12.definition import read_set
from drawbar.edi.x12.r004010.part import GENERAL_PARTY, indented

SHIP_NOTICE = read_set(
    "856",
    "SH",
    f"""
ST M 1
BSN M 1
DTM O 10
REF O 0
loop level M 200000
  HL M 1
  LIN O 1
  SN1 O 1
  SLN O 1000
  PRF O 1
  PO4 O 1
  PID O 200
  MEA O 40
  PWK O 25
  PKG O 25
  TD1 O 20
  TD5 O 12
  TD3 O 12
  TD4 O 5
  TSD O 1
  REF O 0
  PER O 3
  MAN O 0
  DTM O 10
  FOB O 1
  PAL O 1
  loop party O 200
{indented(GENERAL_PARTY, 4)}
    FOB O 1
  SDQ O 50
  ETD O 1
  CUR O 1
  loop charge O 0
    SAC O 1
    CUR O 1
  YNQ O 10
  loop source O 0
    LM O 1
    LQ O 100
CTT O 1
SE M 1
""",
)
