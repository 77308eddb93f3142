"""The segments and groups of transport messages: instructions, statuses, cargo lists.

Source: UN/EDIFACT message types of directories D.96A to D.21B, taken together, restated.
"""

from drawbar.edi.edifact.directory.groups import (
    CHARGE,
    CONTACT,
    DOCUMENT,
    EQUIPMENT,
    GOODS,
    LEG,
    MARKS,
    MEASURE,
    PARTY,
    PAYER,
    PLACE,
    REFERENCE,
    indented,
)
from drawbar.edi.x12.definition import read_set

INSTRUCTION = read_set(
    "IFTMIN",
    "IFTMIN",
    f"""
UNH M 1
BGM M 1
{indented(CONTACT, 0)}
DTM O 9
TSR O 9
CUX O 9
MOA O 99
FTX O 99
CNT O 9
DOC O 9
GDS O 9
{indented(PLACE, 0)}
loop terms O 9
  TOD O 1
  LOC O 9
{indented(REFERENCE, 0)}
loop rule O 9
  GOR O 1
  DTM O 9
  LOC O 9
  SEL O 9
  FTX O 9
{indented(DOCUMENT, 2)}
{indented(PAYER, 0)}
{indented(CHARGE, 0)}
{indented(LEG, 0)}
{indented(PARTY, 0)}
{indented(GOODS, 0)}
{indented(EQUIPMENT, 0)}
""",
)

_STATUS_PARTY = f"""
loop party O 99
  NAD O 1
{indented(CONTACT, 2)}
"""

STATUS = read_set(
    "IFTSTA",
    "IFTSTA",
    f"""
UNH M 1
BGM M 1
DTM O 9
TSR O 9
{indented(_STATUS_PARTY, 0)}
RFF O 9
LOC O 9
FTX O 9
CNT O 9
loop consignment O 99999
  CNI O 1
  LOC O 9
  CNT O 9
  loop status O 99
    STS M 1
    RFF O 999
    DTM O 9
    DOC O 1
    FTX O 9
{indented(_STATUS_PARTY, 4)}
    LOC O 9
    PCI O 99
    loop leg O 99
      TDT O 1
      DTM O 9
      RFF O 9
{indented(PLACE, 6)}
    loop equipment O 99
      EQD O 1
      MEA O 9
      DIM O 9
      SEL O 9
      RFF O 9
      TPL O 9
      TMD O 1
      loop attached O 99
        EQA O 1
        SEL O 9
    loop goods O 99
      GID O 1
      HAN O 9
      SGP O 99
      DGS O 9
      FTX O 9
      LOC O 9
{indented(MEASURE, 6)}
      loop size O 99
        DIM O 1
        EQN O 1
{indented(MARKS, 6)}
""",
)

SUMMARY = read_set(
    "IFCSUM",
    "IFCSUM",
    f"""
UNH M 1
BGM M 1
DTM O 9
MOA O 99
FTX O 99
CNT O 9
PCD O 9
GDS O 9
{indented(REFERENCE, 0)}
{indented(CHARGE, 0)}
{indented(LEG, 0)}
{indented(PARTY, 0)}
{indented(EQUIPMENT, 0)}
loop consignment O 9999
  CNI O 1
  SGP O 99
{indented(CONTACT, 2)}
  DTM O 9
  TSR O 9
  CUX O 9
  PCD O 9
  MOA O 99
  FTX O 99
  CNT O 9
  DOC O 9
  GDS O 9
{indented(PLACE, 2)}
  loop terms O 9
    TOD O 1
    LOC O 9
{indented(REFERENCE, 2)}
{indented(PAYER, 2)}
{indented(CHARGE, 2)}
{indented(LEG, 2)}
{indented(PARTY, 2)}
{indented(GOODS, 2)}
{indented(EQUIPMENT, 2)}
""",
)
