"""What is worth saying once about how a carrier writes its X12, though everything was read."""

from collections.abc import Iterator

from msgspec import Struct, field

from drawbar.cli.audit.edi_set import EdiSet, EdiWords
from drawbar.cli.audit.edi_turned import qualifiers
from drawbar.cli.audit.unread import Refused, UnreadList, shown
from drawbar.connectors.x12_folder import code_map

_NAMING = frozenset({"204", "210", "214"})


class Remarks(Struct):
    """Notes each habit of a sender once, in whatever many files it shows."""

    words: EdiWords
    unread: UnreadList
    told: set[str] = field(default_factory=set)

    def note(self, one: EdiSet, sender: str, *, is_turned: bool) -> None:
        """Note how the sender of a set writes its references, unless that was noted before."""
        found = [*_turned(sender, one, is_turned=is_turned), *self._unknown(sender, one)]
        for place, error in found:
            if error.cause not in self.told:
                self.told.add(error.cause)
                self.unread.note(one.file, place, error)

    def _unknown(self, sender: str, one: EdiSet) -> Iterator[tuple[str, Refused]]:
        if one.item.code not in _NAMING:
            return
        for qualifier, segment in qualifiers(one.item):
            if qualifier in self.words.references or qualifier in code_map.STOP_NUMBERS:
                continue
            error = Refused(
                f"{sender} writes references under {shown(qualifier)}, which has no meaning here",
                field=segment.tag,
                remedy=f"Say in codes.yaml under references what {shown(qualifier)} names.",
                cause=f"qualifier:{sender}:{qualifier}",
            )
            yield f"{one.place} segment {segment.position}", error


def _turned(sender: str, one: EdiSet, *, is_turned: bool) -> Iterator[tuple[str, Refused]]:
    if is_turned:
        text = f"{sender} writes value and qualifier of its references the other way round: read so"
        yield one.place, Refused(text, remedy="Nothing need be done.", cause=f"reversed:{sender}")
