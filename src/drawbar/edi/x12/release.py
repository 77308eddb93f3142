"""Which definitions we read a message by: those of its own release, or the nearest that we have."""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from drawbar.edi.x12.definition import Kind, SegmentDefinition, SetDefinition
from drawbar.edi.x12.form import Form
from drawbar.edi.x12.r003060.segments import SEGMENTS as SEGMENTS_003060
from drawbar.edi.x12.r004010.codes import CODES
from drawbar.edi.x12.r004010.segments import SEGMENTS
from drawbar.edi.x12.r004010.sets import SETS
from drawbar.edi.x12.r005010.segments import SEGMENTS as SEGMENTS_005010
from drawbar.edi.x12.r005010.sets import SETS as SETS_005010


class Release(Struct, frozen=True, kw_only=True, dict=True):
    """The tables of one release. ``codes`` is table name -> code -> our label."""

    version: str
    sets: Mapping[str, SetDefinition]
    segments: Mapping[str, SegmentDefinition]
    codes: Mapping[str, Mapping[str, str]]

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """Return each segment as it is asked whether it is right."""
        return {tag: Form(one, self.codes) for tag, one in self.segments.items()}


RELEASE_003060 = Release(version="003060", sets=SETS, segments=SEGMENTS_003060, codes=CODES)
RELEASE_004010 = Release(version="004010", sets=SETS, segments=SEGMENTS, codes=CODES)
RELEASE_005010 = Release(version="005010", sets=SETS_005010, segments=SEGMENTS_005010, codes=CODES)

RELEASES = (RELEASE_003060, RELEASE_004010, RELEASE_005010)
"""Oldest first. A release that differs is added here as its own tables over the earlier ones."""


def release_for(version: str) -> Release:
    """Return the newest release that is not newer than ``version`` (GS08), else the oldest.

    What is no version is read as 004010, in which most partners write.
    """
    release = version[:6]
    if not (len(release) == 6 and release.isascii() and release.isdigit()):
        return RELEASE_004010
    fitting = [each for each in RELEASES if each.version <= release]
    return fitting[-1] if fitting else RELEASES[0]


def is_composite(tag: str, number: int) -> bool:
    """Say whether an element has components, in any release; an unknown one may have."""
    found = [release.segments[tag] for release in RELEASES if tag in release.segments]
    uses = [each.uses[number - 1] for each in found if number <= len(each.uses)]
    return not uses or any(use.element.kind is Kind.COMPOSITE for use in uses)
