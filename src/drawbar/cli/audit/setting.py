"""What the owner of a folder says about their files: columns, dates, figures, codes, tolerance.

``columns.yaml`` and ``codes.yaml`` in the folder; nothing in them is needed for plain files.
"""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
import yaml
from msgspec import Struct, structs

from drawbar.cli.company.source import LOADER
from drawbar.connectors.table.clock import check_form
from drawbar.connectors.table.layout import Encoding, NumberForm
from drawbar.freight.charge import ChargeKind
from drawbar.freight.instant import zone
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.money import Currency
from drawbar.freight.reference import ReferenceKind

T = TypeVar("T")

SETTING_BYTES_MAX = 4_000_000


class UnreadableSetting(ValueError):
    """A settings file that does not say what it must. Mend it there, then audit again."""


class Habits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a file is written. What is not said is taken from the whole folder's habits.

    ``dates`` are forms such as ``%m/%d/%Y``; ``zone`` is that of stops which name none.
    ``weight_unit`` is for weights without one; ``columns`` maps a heading to a field of ours.
    """

    dates: tuple[str, ...] = ()
    numbers: NumberForm | None = None
    encoding: Encoding | None = None
    zone: str = ""
    currency: Currency | Literal[""] = ""
    carrier: str = ""
    weight_unit: Literal["", "lb", "kg"] = ""
    columns: dict[str, str] = {}

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a form or a zone that does not exist."""
        for form in self.dates:
            check_form(form, years_from=None)
        if self.zone:
            zone(self.zone)


class Columns(Habits, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``columns.yaml``: habits of all files, and of some by a pattern of their names.

    ``delivery`` and ``proof`` say whether a bill must wait for them; "auto" asks for a delivery
    where any events were given, and for a proof where any proofs were.
    """

    files: dict[str, Habits] = {}
    delivery: Literal["auto", "asked", "not asked"] = "auto"
    proof: Literal["auto", "asked", "not asked"] = "auto"
    missing_bill_days: int = 45

    def of_file(self, name: str) -> Habits:
        """Return the habits of one file: what is said for it, then what is said for all."""
        whole = Habits(**{one: getattr(self, one) for one in Habits.__struct_fields__})
        for pattern, own in self.files.items():
            if fnmatchcase(name.casefold(), pattern.casefold()):
                said = {
                    one: getattr(own, one) for one in Habits.__struct_fields__ if getattr(own, one)
                }
                said["columns"] = {**whole.columns, **own.columns}
                whole = structs.replace(whole, **said)
        return whole


class Codes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``codes.yaml``: what words and codes of these files mean, added to ours or replacing them.

    ``references`` says what an X12 qualifier names: a PRO, a purchase order, a bill of lading.
    """

    charges: dict[str, ChargeKind] = {}
    events: dict[str, MilestoneKind] = {}
    carriers: dict[str, str] = {}
    equipment: dict[str, str] = {}
    references: dict[str, ReferenceKind] = {}


def read_setting(path: Path, kind: type[T]) -> T:
    """Return what a settings file says; a file that is not there says nothing."""
    said: Any = parsed_yaml(path) if path.exists() else {}
    return converted(said or {}, kind, path.name)


def parsed_yaml(path: Path) -> Any:
    """Return a YAML file with every word as text. Raise ``UnreadableSetting``."""
    if path.stat().st_size > SETTING_BYTES_MAX:
        raise UnreadableSetting(f"{path.name}: larger than {SETTING_BYTES_MAX:,} bytes")
    try:
        text = path.read_text(encoding="utf-8-sig")
        return yaml.load(text, Loader=LOADER)  # noqa: S506 - builds no objects
    except UnicodeDecodeError as error:
        raise UnreadableSetting(
            f"{path.name}: is not UTF-8 ({error.reason}); save it so"
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise UnreadableSetting(f"{path.name}: {error}") from error


def converted(said: object, kind: type[T], name: str) -> T:
    """Return what was said as a type of ours. Raise ``UnreadableSetting``."""
    try:
        return msgspec.convert(said, kind, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        raise UnreadableSetting(f"{name}: {error}") from error


def merged(*tables: Mapping[str, T]) -> dict[str, T]:
    """Return code tables as one, found without regard to case and blanks; the last one wins."""
    return {folded(word): meaning for table in tables for word, meaning in table.items()}


def folded(word: str) -> str:
    """Return a word as it is compared: "Fuel Surcharge", "FUEL_SURCHARGE" and "fuel-surcharge"."""
    return "".join(mark for mark in word.casefold() if mark.isalnum())
