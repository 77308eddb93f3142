"""What a rule about the folder finds: a place in a file, what is wrong there, what mends it."""

from msgspec import Struct

from drawbar.cli.company.mistake import Mistake, Path, Weight
from drawbar.cli.company.source import Sheet


class Judged(Struct, frozen=True):
    """What is wrong at a path of one file."""

    path: Path
    what: str
    remedy: str
    weight: Weight = Weight.ERROR

    def on(self, sheet: Sheet) -> Mistake:
        """Return it as a mistake in a file."""
        return Mistake(
            spot=sheet.spot(self.path),
            field=sheet.field(self.path),
            what=self.what,
            remedy=self.remedy,
            weight=self.weight,
        )


def warned(path: Path, what: str, remedy: str) -> Judged:
    """Return something that may be meant so."""
    return Judged(path, what, remedy, Weight.WARNING)
