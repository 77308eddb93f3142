"""The segments and groups of trade messages: invoices, orders, despatch advices.

Source: UN/EDIFACT message types of directories D.96A to D.21B, taken together, restated.
"""

from drawbar.edi.edifact.directory.groups import CONTACT, DOCUMENT, LEG, MARKS, REFERENCE, indented
from drawbar.edi.x12.definition import read_set

_TAX = """
loop tax O 9
  TAX O 1
  MOA O 9
  LOC O 5
"""

_ALLOWANCE = f"""
loop allowance O 9999
  ALC O 1
  ALI O 5
  FTX O 9
  RFF O 9
  DTM O 9
  QTY O 1
  PCD O 9
  MOA O 9
  RTE O 1
  CUX O 1
  RNG O 1
{indented(_TAX, 2)}
"""

_TERMS = """
loop terms O 10
  PAT O 1
  PYT O 1
  DTM O 5
  PCD O 1
  MOA O 1
  PAI O 1
  FII O 1
"""

_INVOICE_PARTY = f"""
loop party O 99
  NAD O 1
  LOC O 25
  FII O 5
{indented(REFERENCE, 2)}
{indented(DOCUMENT, 2)}
{indented(CONTACT, 2)}
"""

_PACKAGE = f"""
loop package O 9999
  PAC O 1
  MEA O 5
  EQD O 1
{indented(MARKS, 2)}
"""

INVOICE = read_set(
    "INVOIC",
    "INVOIC",
    f"""
UNH M 1
BGM M 1
DTM O 35
PAI O 1
ALI O 5
IMD O 1
FTX O 99
LOC O 10
GIR O 10
DGS O 1
GEI O 10
{indented(REFERENCE, 0)}
{indented(_INVOICE_PARTY, 0)}
{indented(_TAX, 0)}
loop currency O 99
  CUX O 1
  DTM O 5
{indented(_TERMS, 0)}
{indented(LEG, 0)}
loop delivery O 5
  TOD O 1
  LOC O 2
{indented(_PACKAGE, 0)}
{indented(_ALLOWANCE, 0)}
loop line O 9999999
  LIN O 1
  PIA O 25
  PGI O 1
  IMD O 99
  MEA O 99
  QTY O 99
  PCD O 1
  ALI O 5
  DTM O 35
  GIN O 1000
  GIR O 1000
  QVR O 1
  EQD O 1
  FTX O 99
  DGS O 1
  loop amount O 99
    MOA O 1
    CUX O 1
{indented(_TERMS, 2)}
  loop price O 25
    PRI O 1
    CUX O 1
    APR O 1
    RNG O 1
    DTM O 5
{indented(REFERENCE, 2)}
{indented(_PACKAGE, 2)}
  loop place O 9999
    LOC O 1
    QTY O 100
    DTM O 5
{indented(_TAX, 2)}
{indented(_INVOICE_PARTY, 2)}
{indented(_ALLOWANCE, 2)}
{indented(LEG, 2)}
  loop delivery O 5
    TOD O 1
    LOC O 2
UNS O 1
CNT O 10
loop total O 100
  MOA O 1
  RFF O 1
  DTM O 1
{indented(_TAX.replace("loop tax", "loop summary_tax"), 0)}
loop summary O 15
  ALC O 1
  ALI O 1
  MOA O 2
  FTX O 1
""",
)

_ORDER_LINE = f"""
loop line O 9999999
  LIN O 1
  PIA O 25
  IMD O 99
  MEA O 99
  QTY O 99
  PCD O 5
  ALI O 5
  DTM O 35
  MOA O 99
  GIN O 1000
  GIR O 1000
  QVR O 1
  DOC O 99
  PAI O 1
  FTX O 99
{indented(_TERMS, 2)}
  AJT O 1
  loop price O 25
    PRI O 1
    CUX O 1
    APR O 1
    RNG O 1
    DTM O 5
{indented(REFERENCE, 2)}
{indented(_PACKAGE, 2)}
  loop place O 9999
    LOC O 1
    QTY O 100
    DTM O 5
{indented(_TAX, 2)}
{indented(_INVOICE_PARTY, 2)}
{indented(_ALLOWANCE, 2)}
{indented(LEG, 2)}
  loop delivery O 5
    TOD O 1
    LOC O 2
  loop schedule O 999
    SCC O 1
    FTX O 5
    RFF O 1
    QTY O 10
    DTM O 5
"""

_ORDER = f"""
UNH M 1
BGM M 1
DTM O 35
PAI O 1
ALI O 5
IMD O 1
FTX O 99
GIR O 10
AJT O 9
{indented(REFERENCE, 0)}
{indented(_INVOICE_PARTY, 0)}
{indented(_TAX, 0)}
loop currency O 99
  CUX O 1
  PCD O 5
  DTM O 5
{indented(_TERMS, 0)}
{indented(LEG, 0)}
loop delivery O 5
  TOD O 1
  LOC O 2
{indented(_PACKAGE, 0)}
loop equipment O 10
  EQD O 1
  HAN O 5
  MEA O 5
  FTX O 5
loop schedule O 25
  SCC O 1
  FTX O 5
  RFF O 1
  QTY O 10
  DTM O 5
{indented(_ALLOWANCE, 0)}
{indented(_ORDER_LINE, 0)}
UNS O 1
MOA O 12
CNT O 10
loop summary O 10
  ALC O 1
  ALI O 1
  MOA O 2
"""

ORDER = read_set("ORDERS", "ORDERS", _ORDER)
ORDER_ANSWER = read_set("ORDRSP", "ORDRSP", _ORDER)

DESPATCH = read_set(
    "DESADV",
    "DESADV",
    f"""
UNH M 1
BGM M 1
DTM O 10
ALI O 5
MEA O 5
MOA O 5
GIS O 9
CUX O 9
{indented(REFERENCE, 0)}
{indented(_INVOICE_PARTY, 0)}
loop delivery O 10
  TOD O 1
  LOC O 5
  FTX O 5
{indented(LEG, 0)}
loop equipment O 999
  EQD O 1
  MEA O 5
  SEL O 25
  EQA O 5
loop packing O 99999
  CPS O 1
  FTX O 5
  QVR O 9
{indented(_PACKAGE, 2)}
  loop line O 999999
    LIN O 1
    PIA O 10
    IMD O 25
    MEA O 10
    QTY O 10
    ALI O 10
    GIN O 100
    GIR O 100
    DLM O 100
    DTM O 5
    NAD O 99
    TDT O 1
    HAN O 20
    FTX O 99
    MOA O 5
    DGS O 9
    QVR O 9
{indented(REFERENCE, 4)}
    loop place O 100
      LOC O 1
      NAD O 1
      DTM O 1
      QTY O 10
{indented(_PACKAGE, 4)}
CNT O 5
AUT O 1
""",
)
