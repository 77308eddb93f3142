"""An amount of money in a JSON text: plain digits with a point, and nothing that needs a guess.

No exponent, no thousands sign, no underscore and no digits of another script is read.
"""

import re
from collections import Counter
from decimal import Decimal
from json import loads
from typing import Any

from msgspec import Raw

from drawbar.connectors.reading import Unreadable

_PLAIN = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,6})?")
SHOWN = 40
"""How much of what is no amount is told again."""


def amount_of(raw: Raw, *, place: str, cause: str) -> Decimal:
    """Return the amount that stands at ``place``, exactly. Raise ``Unreadable``."""
    said = bytes(raw).decode().strip()
    text = said[1:-1] if said.startswith('"') else said
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    raise Unreadable(
        f"{said[:SHOWN]} is no amount of money, which is written as 1234.56",
        place=place,
        cause=f"{cause}:amount",
        remedy="Ask the sender to send it again with plain digits and a decimal point.",
    )


def refuse_repeated(body: bytes, *, cause: str) -> None:
    """Raise ``Unreadable`` for a name that stands twice in one object: nobody knows which counts.

    ``body`` was decoded before, so it is JSON.
    """
    try:
        loads(body, object_pairs_hook=_once)
    except _Repeated as error:
        raise Unreadable(
            f"the field {error.name!r} stands there twice, and which one counts is not known",
            place=f"$..{error.name}",
            cause=f"{cause}:repeated",
            remedy="Ask the sender to send it again with each field once.",
        ) from error
    except RecursionError as error:
        raise Unreadable(
            "it is nested deeper than anything that we read",
            place="$",
            cause=f"{cause}:nested",
            remedy="Ask the sender to send it again in the agreed form.",
        ) from error


class _Repeated(ValueError):
    """One object has a field twice."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name[:SHOWN]


def _once(pairs: list[tuple[str, Any]]) -> None:
    counted = Counter(name for name, _ in pairs)
    for name, times in counted.items():
        if times > 1:
            raise _Repeated(name)
