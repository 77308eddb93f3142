"""Which definitions we read a message by: those of its own release, or the nearest that we have."""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from drawbar.edi.x12.definition import Kind, SegmentDefinition, SetDefinition
from drawbar.edi.x12.form import Form
from drawbar.edi.x12.r004010.codes import CODES
from drawbar.edi.x12.r004010.segments import SEGMENTS
from drawbar.edi.x12.r004010.sets import SETS


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


RELEASE_004010 = Release(version="004010", sets=SETS, segments=SEGMENTS, codes=CODES)

RELEASES = (RELEASE_004010,)
"""Oldest first. A release that differs is added here as its own tables over the earlier ones."""


def release_for(version: str) -> Release:
    """Return the newest release that is not newer than ``version`` (GS08), else the oldest."""
    fitting = [release for release in RELEASES if release.version <= version[:6]]
    return fitting[-1] if fitting else RELEASES[0]


def is_composite(tag: str, number: int) -> bool:
    """Say whether an element has components, in any release; an unknown one may have."""
    found = [release.segments[tag] for release in RELEASES if tag in release.segments]
    uses = [each.uses[number - 1] for each in found if number <= len(each.uses)]
    return not uses or any(use.element.kind is Kind.COMPOSITE for use in uses)
