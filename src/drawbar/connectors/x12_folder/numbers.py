"""The control numbers that a partner used in an interchange, one by one.

A number that is not one of up to nine digits is a finding of the reader, and counts nothing here.
"""

from collections.abc import Iterator

from drawbar.edi import Interchange
from drawbar.freight.control_number import INTERCHANGE, NUMBER_MAX, NumberHeard, group_series


def numbers_in(interchange: Interchange, system: str) -> Iterator[NumberHeard]:
    """Yield the number of the interchange, then those of its groups."""
    content = interchange.identity.payload_hash[:32]
    stated = [(INTERCHANGE, interchange.identity.control_number)]
    stated += [
        (group_series(group.code), group.control_number)
        for group in interchange.groups
        if group.code
    ]
    for series, text in stated:
        number = _number(text)
        if number:
            yield NumberHeard(system=system, series=series, number=number, content=content)


def _number(text: str) -> int:
    digits = text.strip()
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= 20
    number = int(digits) if is_number else 0
    return number if number <= NUMBER_MAX else 0
