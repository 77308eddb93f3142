"""What was agreed with a partner beyond its words: receipts, and what must not be lacking."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct, structs

from drawbar.edi import Finding, FindingCode, Group, Interchange, Severity, TransactionSet
from drawbar.freight.receipt import Minutes

Demand = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9]{1,2}(/(0[1-9]|[1-9][0-9])=[^=/]+)?$")]
"""A segment that a set must have, such as ``MS1``; with the value of an element, ``L11/02=BM``."""

Version = Annotated[str, Meta(pattern=r"^\d{6}[A-Z0-9]{0,6}$")]
"""Version, release and industry convention, such as ``004010``. Source: X12 element 480."""


class Acks(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What both sides confirm to have read.

    ``answer`` is what we send for a group: a 997 or 999, the usual one by its version, or none.
    ``ta1`` says when a TA1 goes along: where the partner asks for it, always or never; ``ask_ta1``
    asks for one of what we send. ``due_minutes`` is by when the partner confirms a group of ours;
    without it, it sends no receipts, and nobody waits for one.
    """

    answer: Literal["usual", "997", "999", "none"] = "usual"
    ta1: Literal["asked", "always", "never"] = "never"
    ask_ta1: bool = False
    due_minutes: Minutes | None = None

    def owes_ta1(self, received: Interchange) -> bool:
        """Say whether we owe a TA1 for an interchange."""
        return self.ta1 == "always" or (self.ta1 == "asked" and received.asks_receipt)


def held_to(interchange: Interchange, required: Mapping[str, tuple[str, ...]]) -> Interchange:
    """Return the interchange, each lacking segment that was agreed on a finding of its set."""
    if not required:
        return interchange
    groups = tuple(_group(group, required) for group in interchange.groups)
    return structs.replace(interchange, groups=groups)


def _group(group: Group, required: Mapping[str, tuple[str, ...]]) -> Group:
    sets = tuple(
        structs.replace(item, findings=(*item.findings, *_lacking(item, required[item.code])))
        if item.code in required
        else item
        for item in group.sets
    )
    return structs.replace(group, sets=sets)


def _lacking(item: TransactionSet, demands: tuple[str, ...]) -> tuple[Finding, ...]:
    return tuple(_finding(demand, item) for demand in demands if not _has(demand, item))


def _has(demand: str, item: TransactionSet) -> bool:
    tag, _, rest = demand.partition("/")
    number, _, value = rest.partition("=")
    alike = (segment for segment in item.segments if segment.tag == tag)
    if not rest:
        return any(True for _ in alike)
    return any(segment.get(int(number)).strip() == value for segment in alike)


def _finding(demand: str, item: TransactionSet) -> Finding:
    last = item.segments[-1]
    return Finding(
        code=FindingCode.SEGMENT_MISSING,
        severity=Severity.ERROR,
        text=f"{demand}: agreed with this partner, and missing",
        place=last.place(),
        index=last.index,
        tag=demand.partition("/")[0],
        expected=demand,
        actual="",
    )
