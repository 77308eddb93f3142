"""Groups of segments that several EDIFACT messages share.

Source: UN/EDIFACT message types of directories D.96A to D.21B, taken together, restated.
Groups are named, not numbered.
"""


def indented(block: str, blanks: int) -> str:
    """Return a block of table lines, deeper by so many blanks."""
    return "\n".join(" " * blanks + line for line in block.strip("\n").splitlines())


REFERENCE = """
loop reference O 999
  RFF O 1
  DTM O 9
"""

CONTACT = """
loop contact O 9
  CTA O 1
  COM O 9
"""

PLACE = """
loop place O 99
  LOC O 1
  DTM O 9
"""

DOCUMENT = """
loop document O 9
  DOC O 1
  DTM O 9
"""

CHARGE = """
loop charge O 99
  TCC O 1
  LOC O 9
  FTX O 9
  CUX O 1
  PRI O 9
  EQN O 1
  PCD O 9
  MOA O 9
  QTY O 9
"""

PAYER = """
loop payer O 99
  CPI O 1
  RFF O 99
  CUX O 1
  LOC O 9
  MOA O 9
"""

LEG = f"""
loop leg O 99
  TDT O 1
  DTM O 9
  TSR O 9
{indented(PLACE, 2)}
{indented(REFERENCE, 2)}
"""

PARTY = f"""
loop party O 99
  NAD O 1
  LOC O 9
{indented(CONTACT, 2)}
{indented(DOCUMENT, 2)}
{indented(CHARGE, 2)}
{indented(REFERENCE, 2)}
{indented(PAYER, 2)}
"""

MEASURE = """
loop measure O 99
  MEA O 1
  EQN O 1
"""

MARKS = """
loop marks O 999
  PCI O 1
  RFF O 1
  DTM O 1
  GIN O 99
"""

SPLIT = f"""
loop split O 9999
  SGP O 1
  SEQ O 1
{indented(MEASURE, 2)}
"""

GOODS = f"""
loop goods O 9999
  GID O 1
  HAN O 9
  TMP O 1
  RNG O 1
  TMD O 1
  LOC O 9
  MOA O 99
  PIA O 9
  FTX O 99
  PCD O 9
  GDS O 9
  loop supplier O 9
    NAD O 1
    DTM O 1
{indented(MEASURE, 2)}
  loop size O 99
    DIM O 1
    EQN O 1
{indented(REFERENCE, 2)}
{indented(MARKS, 2)}
{indented(DOCUMENT, 2)}
  loop rule O 9
    GOR O 1
    DTM O 9
    LOC O 9
    SEL O 9
    FTX O 9
  loop vehicle O 99
    TPL O 1
{indented(MEASURE, 4)}
{indented(SPLIT, 2)}
{indented(CHARGE, 2)}
  loop hazard O 99
    DGS O 1
    FTX O 99
{indented(CONTACT, 4)}
{indented(MEASURE, 4)}
{indented(SPLIT, 4)}
"""

EQUIPMENT = f"""
loop equipment O 9999
  EQD O 1
  EQN O 1
  TMD O 1
  MEA O 99
  DIM O 99
  SEL O 99
  TPL O 9
  HAN O 9
  TMP O 1
  FTX O 9
  RFF O 9
  LOC O 9
{indented(CHARGE, 2)}
  loop supplier O 9
    NAD O 1
    DTM O 1
  loop attached O 99
    EQA O 1
    EQN O 1
    SEL O 9
"""
