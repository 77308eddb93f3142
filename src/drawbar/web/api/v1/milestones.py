"""Milestones over HTTP: what happened on the road. Translation only."""

from typing import Annotated

from litestar import post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Meta, Struct

from drawbar.freight.instant import utc
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind, MilestoneReported, Source
from drawbar.freight.reading import Reading
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.identity import fact_key
from drawbar.web.api.v1.inbound import Arriving, TakenV1
from drawbar.web.api.v1.tender_answers import Remark
from drawbar.web.api.v1.term import References, references_of
from drawbar.web.api.v1.text import Line, Moment, StopNumber, refuse_absurd
from drawbar.web.auth.caller import carrier_of
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope

FactKeyText = Annotated[str, Meta(max_length=200, pattern=r"^[ -~]*$(?!\n)")]


class MilestoneV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One milestone. ``corrects`` is the key of an earlier report that this one replaces.

    ``source`` and ``reported_by`` count for us only: a carrier always speaks as itself.
    """

    references: References
    milestone: MilestoneKind
    happened_at: Moment
    stop: StopNumber = 0
    source: Source = Source.MANUAL
    reported_by: Line = ""
    reason: Remark = ""
    corrects: FactKeyText = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an absurd time."""
        refuse_absurd(self.happened_at)


class MilestonesV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One to five hundred milestones, in any order."""

    milestones: Annotated[tuple[MilestoneV1, ...], Meta(min_length=1, max_length=500)]


@post("/v1/milestones", status_code=HTTP_202_ACCEPTED, **policy(Scope.MILESTONE_REPORT))
def report_milestones(data: JSONBody[MilestonesV1], inbound: Arriving) -> TakenV1:
    """Report what happened. A report for a shipment that nobody knows yet waits for it."""
    inbound.speak_for_shipments(*(told.references for told in data.milestones))
    return inbound.take("report-milestones")


def read_milestones(body: bytes, receipt: Receipt) -> Reading:
    """Read milestones in the order of the body."""
    told = decoded(body, MilestonesV1)
    return Reading(
        facts=tuple(
            _reported(each, receipt, place=f"$.milestones[{number}]")
            for number, each in enumerate(told.milestones)
        )
    )


def _reported(told: MilestoneV1, receipt: Receipt, *, place: str) -> MilestoneReported:
    carrier = carrier_of(receipt.sender)
    reporter = carrier or told.reported_by or receipt.sender
    return MilestoneReported(
        key=fact_key("milestone", reporter, told.milestone, body=told),
        happened_at=utc(told.happened_at),
        learned_at=receipt.learned_at,
        lineage=receipt.at(place),
        references=references_of(told.references, party=carrier),
        milestone=told.milestone,
        source=Source.CARRIER if carrier else told.source,
        reported_by=reporter,
        stop=told.stop,
        reason=told.reason,
        corrects=told.corrects,
    )
