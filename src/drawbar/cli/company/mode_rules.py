"""What the file of a system says of the modes of its flows, and what is wrong with that."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from drawbar.cli.company.mistake import meant
from drawbar.cli.company.rule import Judged
from drawbar.connectors.registry import UnreadableSettings
from drawbar.flow.mode import EVERY, OUTGOING, Mode, Modes

_NAMES = tuple(one.value for one in Mode)


def mode_rules(described: Mapping[str, Any], *, flows: frozenset[str]) -> Iterator[Judged]:
    """Return what is wrong with ``modes`` and ``legacy`` of a system that has ``flows``.

    Where its flows are not known, because the rest of its file is wrong, they are not judged.
    """
    yield from _legacy(described.get("legacy", ""))
    said = described.get("modes", {})
    if not isinstance(said, dict):
        remedy = "Write lines such as 'TenderLoad: shadow'."
        yield Judged(("modes",), "This is no list of flows with their modes.", remedy)
        return
    for flow, mode in said.items():
        if flows and flow not in flows | OUTGOING | {EVERY}:
            what = f"This system has no flow {str(flow)!r}."
            yield Judged(("modes", flow), what, meant(str(flow), sorted(flows | {EVERY})))
        if mode not in _NAMES:
            yield Judged(("modes", flow), f"{str(mode)!r} is no mode.", meant(str(mode), _NAMES))
        elif mode == Mode.SHADOW and flow in flows - OUTGOING:
            what = "What is read has no shadow: it moves things, or it does not."
            yield Judged(("modes", flow), what, "Write observe, or live.")


def modes_said(systems: Mapping[str, Mapping[str, Any]]) -> Modes:
    """Return what the files of systems say of their flows. Raise ``UnreadableSettings``."""
    return {system: _modes_of(system, described) for system, described in systems.items()}


def _modes_of(system: str, described: Mapping[str, Any]) -> Mapping[str, Mode]:
    try:
        return msgspec.convert(described.get("modes", {}), dict[str, Mode])
    except msgspec.ValidationError as error:
        raise UnreadableSettings(f"{system}: modes: {error}") from error


def _legacy(said: Any) -> Iterator[Judged]:
    if not isinstance(said, str):
        what = "This is no folder."
        yield Judged(("legacy",), what, "Write the folder with the old interface's files.")
