"""What is wrong with the file of a system: its connector, and the settings that it has."""

from collections.abc import Iterator
from typing import Any

import msgspec

from drawbar.cli.company.draft import Filed
from drawbar.cli.company.mistake import meant
from drawbar.cli.company.mode_rules import mode_rules
from drawbar.cli.company.rule import Judged
from drawbar.cli.company.shape import faults
from drawbar.connectors.mode import flows_of
from drawbar.connectors.registry import (
    CONNECTORS,
    OF_EVERY_SYSTEM,
    UnknownConnector,
    UnreadableSettings,
    readers_of,
)
from drawbar.connectors.x12_folder.manifest import Settings as Profile
from drawbar.connectors.x12_folder.profile_rule import profile_mistakes


def system_rules(system: Filed[dict[str, Any]]) -> Iterator[Judged]:
    """Return what keeps a system from being opened. Nothing is opened."""
    described = system.value
    name = described.get("connector", "")
    known = CONNECTORS.get(name) if isinstance(name, str) else None
    if known is None:
        what = f"No connector is called {name!r}." if name else "'connector' is missing."
        yield Judged(("connector",), what, meant(str(name), CONNECTORS))
        return
    told = {key: value for key, value in described.items() if key not in OF_EVERY_SYSTEM}
    settings = {"system": system.file.removeprefix("systems/").removesuffix(".yaml"), **told}
    wrong = [Judged(*fault) for fault in faults(settings, known.settings)]
    yield from wrong
    if wrong:
        yield from mode_rules(described, flows=frozenset())
        return
    try:
        readers_of(system.file, described)
        flows = flows_of(system.file, described)
    except (UnknownConnector, UnreadableSettings, ValueError, TypeError) as error:
        yield Judged((), f"{error}.", "Mend it there.")
        return
    yield from mode_rules(described, flows=flows)
    if known.settings is Profile:
        said = msgspec.convert(settings, Profile, strict=False)
        yield from (Judged(*wrong) for wrong in profile_mistakes(said))
