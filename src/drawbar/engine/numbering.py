"""Number what is new, under the locks, and keep it; put aside what is not."""

from collections.abc import Mapping, Sequence

from drawbar.engine.arrival import Arrival, Fate
from drawbar.engine.consequences import Consequences
from drawbar.engine.sifting import Fresh
from drawbar.records.facts import reserve_numbers
from drawbar.records.sheet import Rows


def note_known(
    arrivals: Sequence[Arrival], fates: Mapping[int, Fate], consequences: Consequences
) -> None:
    """Put contradictions aside; what was dead and is known by now rose under its key meanwhile."""
    contradictions = [arrivals[at] for at, fate in fates.items() if fate is Fate.CONFLICTING]
    consequences.contradict(contradictions)
    for at, fate in fates.items():
        if fate is Fate.DUPLICATE and arrivals[at].was_dead:
            consequences.rise(arrivals[at])


def number(
    cursor: Rows, standing: Sequence[Fresh], consequences: Consequences
) -> list[tuple[Fresh, int]]:
    """Give each new fact its number, under the locks, and keep it."""
    new = [fresh for fresh in standing if fresh.arrival.fact_id is None]
    numbers = dict(
        zip((fresh.position for fresh in new), reserve_numbers(cursor, len(new))(), strict=True)
    )
    for fresh in new:
        fact_id = numbers[fresh.position]
        consequences.keep(fresh.arrival, fact_id=fact_id, body=fresh.body, content=fresh.content)
    return [(fresh, fresh.arrival.fact_id or numbers[fresh.position]) for fresh in standing]
