"""The small shapes that every version 1 body is made of: text, amounts, instants.

Everything has a bound, amounts are strings, and a time says its zone.
"""

from datetime import date, datetime
from typing import Annotated

from litestar.params import PathParameter
from msgspec import Meta

# ``$`` alone lets a trailing line break pass in Python, so each pattern ends in ``$(?!\n)``.
PLAIN = r"^[^\x00-\x1f\x7f]*$(?!\n)"

Name = Annotated[str, Meta(min_length=1, max_length=60, pattern=PLAIN)]
"""A reference or a name: one line, never empty."""

NamePath = Annotated[str, PathParameter(min_length=1, max_length=100, pattern=PLAIN)]
"""A reference in an address."""

Line = Annotated[str, Meta(max_length=120, pattern=PLAIN)]
"""One line of text, empty where there is nothing to say."""

Prose = Annotated[str, Meta(max_length=1000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]
"""Some sentences; line breaks are allowed."""

AmountText = Annotated[
    str,
    Meta(
        pattern=r"^-?[0-9]{1,13}(\.[0-9]{1,4})?$(?!\n)",
        description="An exact amount as a string. A JSON number is refused.",
        examples=["412.50"],
    ),
]
QuantityText = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{1,9}(\.[0-9]{1,3})?$(?!\n)",
        description="An exact quantity as a string. A JSON number is refused.",
        examples=["1840.5"],
    ),
]
CurrencyCode = Annotated[str, Meta(pattern=r"^[A-Z]{3}$(?!\n)", description="ISO 4217 code")]
Moment = Annotated[datetime, Meta(tz=True, description="An instant with its offset from UTC")]
StopNumber = Annotated[int, Meta(ge=0, le=99, description="0 where no stop is meant")]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]

_FIRST_YEAR, _LAST_YEAR = 2000, 2099


def refuse_absurd(*times: date | datetime | None) -> None:
    """Raise ``ValueError`` for a year no truck drives in (0001 and 9999 mean "nothing")."""
    for time in times:
        if time is not None and not _FIRST_YEAR <= time.year <= _LAST_YEAR:
            raise ValueError(f"the year {time.year} is not in {_FIRST_YEAR} to {_LAST_YEAR}")
