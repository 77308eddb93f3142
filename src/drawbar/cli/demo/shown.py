"""What a demo shows on the first page: how far it is, what to look at, what history came to."""

from collections.abc import Mapping

from drawbar.cli.demo.incidents import guide_of
from drawbar.cli.demo.play import Play
from drawbar.web.desks.incident import Incident
from drawbar.world.conductor import Conductor
from drawbar.world.score import Score


class Shown:
    """The pages open before the world plays; what they show of it is told as it comes about."""

    def __init__(self) -> None:
        """Begin with nothing to show."""
        self.conductor: Conductor | None = None
        self.play: Play | None = None
        self.score: Score | None = None

    def guide(self) -> tuple[Incident, ...]:
        """Return the incidents that are staged."""
        return guide_of(self.conductor.incidents) if self.conductor else ()

    def progress(self) -> str:
        """Return how far history is; empty when it is built."""
        return self.play.progress if self.play else ""

    def history(self) -> Mapping[str, str]:
        """Return what history came to, counted by the scorer from the truth and the ERP's books."""
        return history_of(self.score) if self.score else {}


def history_of(score: Score) -> Mapping[str, str]:
    """Return the figures of a history in words."""
    road, audit = score.road, score.audit
    return {
        "Loads": f"{road.orders} released, {road.delivered} delivered, {road.invoiced} invoiced",
        "Proof of delivery after": _measured(road.pod_lag_days.p50, "days (median)"),
        "Freight bills": f"{audit.bills}, of them {audit.judged.clean} without a fault",
        "Paid without a person": _measured(audit.touchless_pct, "% of the faultless"),
        "Errors put in and found": f"{audit.judged.errors_caught} of {audit.judged.errors_due}",
        "Would have been overpaid": f"{audit.stopped_usd:,.2f} USD",
        "Overpaid all the same": f"{audit.missed_overcharge_usd:,.2f} USD",
        "Held wrongly": f"{audit.held_wrongly_usd:,.2f} USD",
        "Lost, doubled": f"{len(score.lost)}, {len(score.doubled)}",
        "Other faults survived": f"{sum(road.faults.values())}",
    }


def _measured(figure: object, of_what: str) -> str:
    return "nothing to measure yet" if figure is None else f"{figure} {of_what}"
