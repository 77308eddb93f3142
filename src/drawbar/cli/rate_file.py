"""A movement in a file, priced under a company folder alone: no database, no network."""

from pathlib import Path

import msgspec

from drawbar.cli.company.shape import shape_mistakes
from drawbar.cli.company.source import Unusable, plain, read_yaml
from drawbar.flow.company import Company
from drawbar.flow.explained import Explained
from drawbar.freight.instant import Instant
from drawbar.web.api.v1.rates import asked
from drawbar.web.api.v1.rates_asked import RateAskV1
from drawbar.web.problem import Refusal


class UnreadableMovement(ValueError):
    """The file does not describe a movement. The text says where, and what is expected."""


def of_file(file: Path, company: Company, *, known_at: Instant, as_then: bool) -> Explained:
    """Return the price of the movement in ``file``, which has the form of ``/v1/rates/explain``.

    Its own ``known_at`` counts unless ``as_then`` says otherwise. Raise ``UnreadableMovement``.
    """
    told = movement_in(file)
    if as_then:
        told = msgspec.structs.replace(told, known_at=known_at)
    try:
        return asked(told, company, now=known_at)
    except Refusal as refusal:
        flaws = (f"{one.path}: {one.message} {one.remedy}" for one in refusal.problem.errors)
        raise UnreadableMovement(f"{file}: {' '.join(flaws)}".replace("$.", "")) from refusal


def movement_in(file: Path) -> RateAskV1:
    """Return what the file asks for. Raise ``UnreadableMovement`` with its line where known."""
    try:
        sheet = read_yaml(str(file), file.read_bytes())
        plain(sheet)
    except Unusable as error:
        raise UnreadableMovement(str(error)) from error
    if sheet.mistakes:
        raise UnreadableMovement("\n".join(map(str, sheet.mistakes)))
    wrong = shape_mistakes(sheet, RateAskV1, sheet.data)
    if wrong:
        raise UnreadableMovement("\n".join(map(str, wrong)))
    try:
        return msgspec.convert(sheet.data, RateAskV1, strict=False)
    except msgspec.ValidationError as error:
        raise UnreadableMovement(f"{file}: {error}") from error
