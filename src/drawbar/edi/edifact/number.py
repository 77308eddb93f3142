"""Numbers as EDIFACT writes them: a minus sign, and the decimal mark of the file.

Thousands are never separated. A mark that the file does not declare is read where it cannot be
anything else; before three digits it might separate thousands, and is not guessed.
"""

import re
from decimal import Decimal

from drawbar.edi.value import Amount

_NUMBER = re.compile(r"-?(?:[0-9]{1,18}(?:[.,][0-9]{0,9})?|[.,][0-9]{1,9})")


def read_number(text: str, decimal: str) -> Amount:
    """Return the number that ``text`` states, ``value`` None when it states none.

    ``decimal`` holds the marks in force (see ``Dialect``).
    """
    mark = mark_of(text)
    is_plain = _NUMBER.fullmatch(text) is not None
    is_doubtful = mark not in decimal and len(text.rpartition(mark)[2]) == 3
    if not is_plain or (mark and is_doubtful):
        return Amount(None, text)
    return Amount(Decimal(text.replace(",", ".")), text)


def mark_of(text: str) -> str:
    """Return the decimal mark in ``text``, empty when there is none."""
    return next((mark for mark in text if mark in ".,"), "")


def write_number(amount: Amount | None, decimal: str) -> str:
    """Write an amount as it was sent where this file may say so, else with its own mark."""
    if amount is None:
        return ""
    is_declared = mark_of(amount.raw) in decimal and amount.raw
    if amount.value is None or (is_declared and read_number(amount.raw, decimal) == amount):
        return amount.raw
    text = f"{amount.value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", decimal[:1] or ".")
