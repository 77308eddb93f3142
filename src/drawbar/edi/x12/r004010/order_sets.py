"""The sets of an order, read by their structure: order, its answer, and the forecast.

Source: X12 transaction sets 830, 850 and 855, release 004010, restated; rare segments left out.
"""

from drawbar.edi.x12.definition import read_set
from drawbar.edi.x12.r004010.part import GENERAL_PARTY, indented

_TERMS = """
{0}TAX O 0
{0}FOB O 0
{0}CTP O 0
{0}PAM O 10
{0}CSH O 5
{0}TC2 O 0
{0}loop charge O 25
{0}  SAC O 1
{0}  CUR O 1
{0}ITD O 0
{0}DIS O 20
{0}INC O 1
{0}DTM O 10
{0}LDT O 12
{0}LIN O 5
{0}SI O 0
{0}PID O 200
{0}MEA O 40
{0}PWK O 25
{0}PKG O 200
{0}TD1 O 2
{0}TD5 O 12
{0}TD3 O 12
{0}TD4 O 5
{0}MAN O 10
{0}CTB O 5
{0}TXI O 0
{0}loop amount O 0
{0}  AMT O 1
{0}  REF O 0
{0}  DTM O 1
{0}loop note O 1000
{0}  N9 O 1
{0}  DTM O 0
{0}  MSG O 1000
{0}  MTX O 0
"""

_LINE = """
{0}LIN O 0
{0}SI O 0
{0}CUR O 1
{0}CN1 O 1
{0}PO3 O 25
{0}CTP O 0
{0}PAM O 10
{0}MEA O 40
{0}loop description O 1000
{0}  PID O 1
{0}  MEA O 10
{0}PWK O 25
{0}PO4 O 0
{0}REF O 0
{0}PER O 3
{0}loop charge O 25
{0}  SAC O 1
{0}  CUR O 1
{0}  CTP O 1
{0}IT8 O 25
{0}CSH O 0
{0}ITD O 2
{0}DIS O 20
{0}TAX O 0
{0}FOB O 0
{0}SDQ O 500
{0}IT3 O 5
{0}DTM O 10
{0}TC2 O 2
{0}TD1 O 1
{0}TD5 O 12
{0}TD3 O 12
{0}TD4 O 5
{0}MAN O 10
{0}MSG O 0
{0}TXI O 0
{0}loop amount O 0
{0}  AMT O 1
{0}  REF O 1
{0}loop quantity O 0
{0}  QTY O 1
{0}  SI O 0
{0}loop answer O 104
{0}  ACK O 1
{0}  DTM O 1
{0}loop schedule O 200
{0}  SCH O 1
{0}  TD5 O 12
{0}  REF O 0
{0}loop package O 200
{0}  PKG O 1
{0}  MEA O 0
{0}loop lead_time O 0
{0}  LDT O 1
{0}  QTY O 0
{0}  MSG O 1
{0}  REF O 0
{0}loop note O 1000
{0}  N9 O 1
{0}  DTM O 0
{0}  MEA O 40
{0}  MSG O 1000
{0}  MTX O 0
"""

_SUB_LINE = """
{0}loop sub_line O 1000
{0}  SLN O 1
{0}  MSG O 0
{0}  SI O 0
{0}  PID O 1000
{0}  PO3 O 104
{0}  TC2 O 0
{0}  ADV O 0
{0}  DTM O 10
{0}  CTP O 25
{0}  PO4 O 1
{0}  TAX O 3
{0}  N9 O 0
{0}  SAC O 25
{0}  QTY O 0
"""

ORDER = read_set(
    "850",
    "PO",
    f"""
ST M 1
BEG M 1
CUR O 1
REF O 0
PER O 3
{indented(_TERMS, 0)}
loop party O 200
{indented(GENERAL_PARTY, 2)}
  SI O 0
  FOB O 1
  TD1 O 1
  TD5 O 12
  PKG O 200
loop line M 100000
  PO1 M 1
{indented(_LINE, 2)}
  loop party O 200
{indented(GENERAL_PARTY, 4)}
    QTY O 0
    SCH O 200
{indented(_SUB_LINE, 2)}
loop total O 1
  CTT O 1
  AMT O 1
SE M 1
""",
)

ORDER_ANSWER = read_set(
    "855",
    "PR",
    f"""
ST M 1
BAK M 1
CUR O 1
REF O 0
PER O 3
{indented(_TERMS, 0)}
loop party O 200
{indented(GENERAL_PARTY, 2)}
  SI O 0
loop line O 100000
  PO1 O 1
{indented(_LINE, 2)}
{indented(_SUB_LINE, 2)}
  loop party O 200
{indented(GENERAL_PARTY, 4)}
loop total O 1
  CTT O 1
  AMT O 1
SE M 1
""",
)

FORECAST = read_set(
    "830",
    "PS",
    f"""
ST M 1
BFR M 1
CUR O 1
REF O 12
PER O 3
TAX O 3
FOB O 1
ITD O 2
DTM O 10
PID O 200
MEA O 40
TD5 O 12
loop party O 200
{indented(GENERAL_PARTY, 2)}
  FOB O 1
loop line M 0
  LIN M 1
  UIT O 1
  DTM O 10
  CUR O 1
  PO3 O 25
  CTP O 25
  PID O 1000
  MEA O 40
  PKG O 25
  PO4 O 0
  PRS O 1
  REF O 12
  PER O 3
  TAX O 3
  FOB O 1
  ITD O 2
  QTY O 0
  J2X O 0
  UNT O 0
  loop sub_line O 100
    SLN O 1
    PID O 1000
  loop party O 200
{indented(GENERAL_PARTY, 4)}
  loop pattern O 260
    SDP O 1
    FST O 260
  loop forecast O 0
    FST O 1
    QTY O 0
    SDQ O 50
    LQ O 0
  ATH O 20
  loop shipped O 25
    SHP O 1
    REF O 5
  TD1 O 1
  TD5 O 12
  TD3 O 12
  MAN O 10
loop total O 1
  CTT O 1
  AMT O 1
SE M 1
""",
)
