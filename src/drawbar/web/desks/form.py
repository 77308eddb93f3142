"""A form as a person filled it in on a page: one value to a name, every one of them checked.

What is missing or cannot be read is told to the person by the label that the form shows.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qsl

from msgspec import Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.money import Money
from drawbar.web.problem import Refusal, problem

FIELDS_MAX = 400
REASON_LENGTH_MIN, REASON_LENGTH_MAX = 3, 500
_CONTENT_TYPE = "application/x-www-form-urlencoded"


class Form(Struct, frozen=True):
    """The fields of a form. A field that was left out counts as empty."""

    fields: Mapping[str, str]

    def text(self, name: str) -> str:
        """Return a field without the blanks around it, empty where nothing was written."""
        return self.fields.get(name, "").strip()

    def needed(self, name: str, label: str = "") -> str:
        """Return a field that must be filled in. Raise ``Refusal``."""
        value = self.text(name)
        if not value:
            raise unfilled(f"Fill in {label or name.replace('_', ' ')}.")
        return value

    def reason(self, name: str = "reason") -> str:
        """Return why, in words that stay for ever. Raise ``Refusal`` for none or too many."""
        words = " ".join(self.text(name).split())
        if not REASON_LENGTH_MIN <= len(words) <= REASON_LENGTH_MAX:
            raise unfilled(f"Say why, in {REASON_LENGTH_MIN} to {REASON_LENGTH_MAX} characters.")
        return words

    def number(self, name: str, label: str = "") -> int:
        """Return a whole number. Raise ``Refusal``."""
        value = self.needed(name, label)
        if not value.isascii() or not value.isdecimal() or len(value) > 18:
            raise unfilled(f"{label or name} is no whole number: {value}.")
        return int(value)

    def money(self, name: str, currency: str, label: str = "") -> Money:
        """Return an amount as it was written, such as 1,650.00. Raise ``Refusal``."""
        value = self.needed(name, label).replace(",", "")
        try:
            return Money(Decimal(value), currency)
        except (InvalidOperation, ValueError) as error:
            raise unfilled(f"{label or name} is no amount: {value}.") from error


def read_form(body: bytes, content_type: str) -> Form:
    """Return the form in a request. Raise ``Refusal`` for anything else."""
    if body and content_type != _CONTENT_TYPE:
        raise Refusal(problem(415, "not-a-form", "Send the fields of the form, URL-encoded."))
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=FIELDS_MAX,
        )
    except ValueError as error:
        raise unfilled("The form cannot be read. Open the page again.") from error
    return Form(dict(pairs))


def unfilled(text: str) -> Refusal:
    """Return the refusal of a form that is not filled in as it must be."""
    return Refusal(problem(422, "unfit-form", text))


def kinds_of_charge() -> tuple[tuple[str, str], ...]:
    """Return every kind of charge with its words, for a list to choose from."""
    return tuple((kind.value, kind.value.replace("_", " ")) for kind in ChargeKind)
