"""The sets that answer a message: could it be read, and was its content accepted.

Source: X12 transaction sets 824 and 997, release 004010, and 999, release 005010, restated.
"""

from drawbar.edi.x12.definition import read_set
from drawbar.edi.x12.r004010.part import GENERAL_PARTY, indented

ACKNOWLEDGEMENT = read_set(
    "997",
    "FA",
    """
ST M 1
AK1 M 1
loop set O 999999
  AK2 O 1
  loop segment O 999999
    AK3 O 1
    AK4 O 99
  AK5 M 1
AK9 M 1
SE M 1
""",
)

IMPLEMENTATION_RECEIPT = read_set(
    "999",
    "FA",
    """
ST M 1
AK1 M 1
loop set O 0
  AK2 O 1
  loop segment O 0
    IK3 O 1
    CTX O 10
    loop element O 0
      IK4 O 1
      CTX O 10
  IK5 M 1
AK9 M 1
SE M 1
""",
)

ADVICE = read_set(
    "824",
    "AG",
    f"""
ST M 1
BGN M 1
loop party O 0
{indented(GENERAL_PARTY, 2)}
loop item M 0
  OTI M 1
  REF O 12
  DTM O 2
  PER O 3
  AMT O 0
  QTY O 0
  loop person O 9
    NM1 O 1
    REF O 0
    PER O 0
    DTM O 0
  loop error O 0
    TED O 1
    CTX O 10
    NTE O 100
    RED O 100
  loop source O 0
    LM O 1
    loop industry O 100
      LQ O 1
      RED O 100
SE M 1
""",
)
