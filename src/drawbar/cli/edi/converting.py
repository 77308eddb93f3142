"""``drawbar edi convert``: EDI to JSON, JSON to EDI, and EDI to other separators or versions."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import UNSET, Struct, structs

from drawbar.cli.edi.dialect import DialectWish, with_dialect
from drawbar.cli.edi.inspecting import told
from drawbar.cli.edi.json_file import interchanges_in
from drawbar.cli.edi.listing import encoded
from drawbar.cli.edi.mistaken import is_json
from drawbar.cli.edi.sink import sink
from drawbar.cli.edi.stated import REFUSALS, InterchangeStated
from drawbar.cli.edi.stating import (
    differing_groups,
    outside_sets,
    stated_envelope,
    stated_set,
)
from drawbar.cli.edi.taken import CHUNK, STDIN, Taken, Unreadable, chunks, opened, taken_of
from drawbar.cli.edi.unstating import interchange_of
from drawbar.cli.options import FAILED, VALIDATION, counted, fail, say
from drawbar.edi import Interchange, write


class Wanted(Struct, frozen=True, kw_only=True):
    """What to make: ``to`` is json or edi, empty for the other one of what was given."""

    to: str = ""
    places: bool = False
    version: str = ""
    dialect: DialectWish = DialectWish()
    charset: str = ""


class Refused(ValueError):
    """An interchange that cannot be converted, and why; the others are."""


def convert_files(files: Sequence[str], wanted: Wanted, output: Path | None) -> int:
    """Convert files into one; return 0, or 4 when something could not be converted."""
    conversion = _Conversion(wanted, several=len(files) > 1)
    try:
        with sink(output) as file:
            for part in conversion.run(tuple(files) or (STDIN,)):
                file.write(part)
    except OSError as error:
        fail(f"{output or 'stdout'} cannot be written: {error.strerror or error}.", code=FAILED)
    for text in conversion.refused:
        say(text)
    code = told(conversion.unreadable)
    return VALIDATION if conversion.refused else code


class _Conversion:
    """One run over all files, with what could not be converted."""

    def __init__(self, wanted: Wanted, *, several: bool) -> None:
        self._wanted, self._several = wanted, several
        self._to = wanted.to
        self.unreadable: list[Unreadable] = []
        self.refused: list[str] = []

    def run(self, sources: Sequence[str]) -> Iterator[bytes]:
        """Yield what is to be written, part by part."""
        is_first = True
        for source in sources:
            try:
                for parts in self._of_file(source):
                    if self._to == "json":
                        yield b'{"interchanges": [\n' if is_first else b",\n"
                    is_first = False
                    yield from parts
            except Unreadable as error:
                self.unreadable.append(error)
        if self._to == "json":
            yield b'{"interchanges": [\n]}\n' if is_first else b"\n]}\n"

    def _of_file(self, source: str) -> Iterator[Iterator[bytes]]:
        with opened(source) as file:
            first = file.read(CHUNK)
            if is_json(first):
                self._to = self._to or "edi"
                for number, stating in enumerate(interchanges_in(source, first, file), start=1):
                    yield self._tried(f"{source}, interchange {number}", stating)
                return
            self._to = self._to or "json"
            for one in taken_of(source, chain([first], chunks(file)), charset=self._wanted.charset):
                number_of = one.interchange.identity.control_number
                yield self._tried(f"{source}, interchange {number_of}", one)

    def _tried(self, where: str, one: Taken | InterchangeStated) -> Iterator[bytes]:
        if self._to == "json":
            yield from self._as_json(where, one)
            return
        try:
            yield self._as_edi(where, one)
        except (*REFUSALS, Refused, msgspec.ValidationError) as error:
            self.refused.append(f"{where} was not converted: {error}")

    def _as_json(self, where: str, one: Taken | InterchangeStated) -> Iterator[bytes]:
        """Yield an interchange set by set, so that only one set is held as JSON."""
        if isinstance(one, InterchangeStated):
            yield encoded(one).encode()
            return
        head = stated_envelope(one, with_file=self._several)
        opening, _, closing = encoded(head).partition('"sets":[')
        yield f'{opening}"sets":['.encode()
        lost, before = 0, b""
        for item in one.interchange.sets:
            found = stated_set(one, item, places=self._wanted.places)
            lost += 0 if found.not_said is UNSET else len(found.not_said)
            yield before + encoded(found).encode()
            before = b","
        yield closing.encode()
        self._tell(where, one, lost)

    def _as_edi(self, where: str, one: Taken | InterchangeStated) -> bytes:
        wanted = self._wanted
        made = self._rebuilt(where, one)
        if wanted.dialect.is_any:
            made = with_dialect(made, wanted.dialect)
        return write(made)

    def _tell(self, where: str, one: Taken, lost: int) -> None:
        """Say what of an interchange is not in its JSON."""
        if lost:
            say(
                f"{where}: {counted(lost, 'segment')} would not come back as it was; "
                "see not_said in the JSON."
            )
        if outside := outside_sets(one.interchange):
            tags = ", ".join(sorted(outside))
            say(f"{where}: what stands outside of sets is not in the JSON: {tags}.")
        if differing_groups(one.interchange):
            say(f"{where}: its groups differ; made into EDI again they have the first one's ids.")

    def _rebuilt(self, where: str, one: Taken | InterchangeStated) -> Interchange:
        """Return what is to be written: as it was, or built from what it says."""
        if isinstance(one, InterchangeStated):
            return interchange_of(_in_version(one, self._wanted.version))
        if not self._wanted.version:
            return one.interchange
        sets = [stated_set(one, item, places=False) for item in one.interchange.sets]
        stating = structs.replace(stated_envelope(one), sets=sets)
        lost = sum(len(item.not_said) for item in sets if item.not_said is not UNSET)
        self._tell(where, one, lost)
        untyped = sorted({item.code for item in stating.sets if item.says is UNSET})
        if untyped:
            codes = ", ".join(untyped)
            message = f"{codes} has no typed form, so that its version cannot be changed"
            raise Refused(message)
        return interchange_of(_in_version(stating, self._wanted.version))


def _in_version(one: InterchangeStated, version: str) -> InterchangeStated:
    """Return it in another release of X12. EDIFACT names a directory in each message."""
    if not version:
        return one
    if one.standard != "X12":
        message = "only X12 has one version for all; an EDIFACT message names its own directory"
        raise Refused(message)
    return structs.replace(one, envelope=structs.replace(one.envelope, version=version))
