"""The score of a world, counted from its evidence. Pure: the same evidence, the same figures."""

from datetime import datetime

from drawbar.world.score.audit import audit_score, false_approvals
from drawbar.world.score.carrier import carriers_of
from drawbar.world.score.claim import claims_of
from drawbar.world.score.doubled import doubled
from drawbar.world.score.evidence import Evidence
from drawbar.world.score.figures import Score
from drawbar.world.score.kind import kinds_of
from drawbar.world.score.ledger import book_score
from drawbar.world.score.lost import lost
from drawbar.world.score.match import matched
from drawbar.world.score.outcome import Matched, judged_by
from drawbar.world.score.road import road_score
from drawbar.world.score.rule import DEFAULT, Rules
from drawbar.world.score.story import Story, story_of


def score(
    evidence: Evidence,
    *,
    now: datetime,
    rules: Rules = DEFAULT,
    open_cases: int | None = None,
    seconds: float | None = None,
) -> Score:
    """Return the score at ``now``; ``open_cases`` and ``seconds`` are passed through."""
    story = story_of(evidence.truth, now)
    matches = matches_of(story, evidence, rules)
    rows = kinds_of(matches.outcomes)
    return Score(
        now=now,
        seal=story.seal,
        open_cases=open_cases,
        seconds=seconds,
        road=road_score(story, evidence.documents),
        audit=audit_score(matches),
        books=book_score(evidence.documents, evidence.ledger),
        kinds=tuple(row for row in rows if row.judged),
        not_yet_judged=tuple(row for row in rows if not row.judged),
        carriers=carriers_of(matches, evidence.payments),
        false_approvals=false_approvals(matches),
        lost=lost(story, evidence, matches.outcomes, rules),
        doubled=doubled(story, evidence, matches),
    )


def matches_of(story: Story, evidence: Evidence, rules: Rules) -> Matched:
    """Return what became of each bill, and what was vouchered for no bill that anybody sent."""
    claims = claims_of(evidence.documents, story.orders_by_shipment)
    found = matched(story, claims, evidence.notices)
    return Matched(
        outcomes=tuple(judged_by(one, story, rules) for one in found.outcomes),
        strays=found.strays,
    )
