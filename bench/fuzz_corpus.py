"""Files to be spoiled: every set that we have a definition of, made from that definition.

Each segment stands once or twice with all its elements filled. What partners really sent is taken
beside them, where DRAWBAR_SAMPLES names a folder of public samples.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from bench.edi_files import edifact, x12
from drawbar.edi.edifact.definition import SegmentDefinition as EdifactSegment
from drawbar.edi.edifact.directory.segments import SEGMENTS
from drawbar.edi.edifact.directory.sets import SETS
from drawbar.edi.x12.definition import Element, Kind, LoopUse, SetDefinition
from drawbar.edi.x12.release import RELEASES, Release

LARGEST = 20_000
_ENVELOPE = {"ST", "SE", "UNH", "UNT"}
_ISA = (
    "ISA*00*          *00*          *02*NRTH           *ZZ*SHIPPER        "
    "*260301*0930*{mark}*{version}*000000007*0*P*:~"
)


def corpus() -> list[bytes]:
    """Return all files, the same ones in the same order each time."""
    made = [x12(1, 1), edifact(1, 2), x12(1, 1) + edifact(1, 1)]
    made += [x12_set(release, one) for release in RELEASES for one in release.sets.values()]
    made += [edifact_set(one) for one in SETS.values()]
    return made + list(samples())


def samples() -> Iterator[bytes]:
    """Yield the public samples, where they are."""
    folder = Path(os.environ.get("DRAWBAR_SAMPLES", "")) / "edi"
    if os.environ.get("DRAWBAR_SAMPLES") and folder.is_dir():
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            yield path.read_bytes()[:LARGEST]


def x12_set(release: Release, definition: SetDefinition) -> bytes:
    """Return an interchange with one set, every segment filled."""
    version = release.version
    isa = _ISA.format(mark="^" if version > "00402" else "U", version=version[:5])
    body = [_x12_segment(tag, first, release) for tag, first in _tags(definition.root)]
    parts = [
        f"{isa}GS*{definition.group_code}*NRTH*SHIPPER*20260301*0930*7*X*{version}",
        f"ST*{definition.code}*0001",
        *body,
        f"SE*{len(body) + 2}*0001",
        "GE*1*7",
        "IEA*1*000000007",
    ]
    return ("~".join(parts) + "~").encode()


def edifact_set(definition: SetDefinition) -> bytes:
    """Return an interchange with one message, every segment filled."""
    body = [_edifact_segment(SEGMENTS[tag]) for tag, _ in _tags(definition.root) if tag in SEGMENTS]
    parts = [
        "UNA:+.? 'UNB+UNOC:3+NRTH:14+SHIPPER:14+260301:0930+7",
        f"UNH+1+{definition.code}:D:96A:UN",
        *body,
        f"UNT+{len(body) + 2}+1",
        "UNZ+1+7",
    ]
    return ("'".join(parts) + "'").encode()


def _tags(loop: LoopUse) -> Iterator[tuple[str, str]]:
    """Yield each segment of a set in order, with the qualifier of the loop that it opens."""
    for number, part in enumerate(loop.parts):
        if isinstance(part, LoopUse):
            yield from _tags(part)
        elif part.tag not in _ENVELOPE:
            yield part.tag, min(loop.qualifiers, default="") if number == 0 else ""


def _x12_segment(tag: str, first: str, release: Release) -> str:
    uses = release.segments[tag].uses if tag in release.segments else ()
    values = [_x12_value(use.element, release) for use in uses]
    if first and values:
        values[0] = first
    return "*".join((tag, *values))


def _x12_value(element: Element, release: Release) -> str:
    table = release.codes.get(element.codes, {})
    if table:
        return min(table)
    match element.kind:
        case Kind.DT:
            return "20260301" if element.longest >= 8 else "260301"
        case Kind.TM:
            return "0930"
        case Kind.N0 | Kind.N2 | Kind.R:
            return "1" * max(element.shortest, 1)
        case _:
            return "A" * max(element.shortest, 1)


def _edifact_segment(definition: EdifactSegment) -> str:
    elements = [
        ":".join("1" if each.kind == "n" else "A" for each in one.components)
        for one in definition.elements
    ]
    text = "+".join((definition.tag, *elements))
    return "DTM+137:202603010930:203" if definition.tag == "DTM" else text
