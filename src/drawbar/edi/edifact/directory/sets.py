"""Every message that we know by its groups, and the receipts among them.

Source: CONTRL of ISO 9735-4 (syntax 1 to 4) and APERAK of directories D.96A to D.21B, restated.
"""

from drawbar.edi.edifact.directory.commerce import DESPATCH, INVOICE, ORDER, ORDER_ANSWER
from drawbar.edi.edifact.directory.groups import CONTACT, DOCUMENT, REFERENCE, indented
from drawbar.edi.edifact.directory.transport import INSTRUCTION, STATUS, SUMMARY
from drawbar.edi.x12.definition import SetDefinition, read_set

_ELEMENT_ERRORS = """
loop message O 999999
  UCM O 1
  loop segment O 999
    UCS O 1
    UCD O 99
"""

CONTROL = read_set(
    "CONTRL",
    "CONTRL",
    f"""
UNH M 1
UCI M 1
{indented(_ELEMENT_ERRORS, 0)}
loop group O 999999
  UCF O 1
{indented(_ELEMENT_ERRORS, 2)}
""",
)

ANSWER = read_set(
    "APERAK",
    "APERAK",
    f"""
UNH M 1
BGM M 1
DTM O 9
FTX O 9
CNT O 9
{indented(DOCUMENT, 0)}
{indented(REFERENCE, 0)}
loop party O 9
  NAD O 1
{indented(CONTACT, 2)}
loop error O 99999
  ERC O 1
  FTX O 9
  loop reference O 9
    RFF O 1
    FTX O 9
""",
)

_FRAMEWORK = ("IFTMAN", "IFTMBC", "IFTMBF", "IFTMBP", "IFTMCA", "IFTMCS")
"""Bookings, their confirmation, contract status, arrival: in the framework of the instruction."""

SETS = {
    item.code: item
    for item in (
        *(SetDefinition(code, code, INSTRUCTION.root) for code in _FRAMEWORK),
        INSTRUCTION,
        STATUS,
        SUMMARY,
        INVOICE,
        ORDER,
        ORDER_ANSWER,
        DESPATCH,
        CONTROL,
        ANSWER,
    )
}
"""Message type -> definition."""
