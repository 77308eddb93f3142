"""Journeys of one firm's money, run block by block through the real doors on a clock of their own.

What the documents in ``tests/journeys/doors`` say is what happens; nothing is told but over HTTP.
"""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from drawbar.web.auth.role import Role
from tests.web import a_week as week

pytestmark = pytest.mark.system

JOURNEYS = sorted((Path(__file__).parents[1] / "journeys" / "doors").glob("*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Teller:
    """Whoever tells a journey: says things as somebody, and looks at what came of them."""

    def __init__(self, doors: Any) -> None:
        self._doors = doors

    def on(self, day: str, at: str = "15:00") -> None:
        """Let it be a day, and let all that is due by then happen."""
        self._doors.clock.at = datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=UTC)
        self._doors.work()

    def deliver(self, number: int, *, pieces: int = 10) -> str:
        """Let ABCD drive a load from Dallas to Chicago, there on March 6; return its reference."""
        self.on("2026-03-02")
        self.say("orders", week.order(number))
        self.say("tender-answers", week.answer(number))
        for day, path, body in week.drive(number, left="16:00"):
            self.on(f"2026-03-0{day}", "20:00")
            self.say(path, body)
        self.on("2026-03-07")
        self.say("pods", week.proof(number, pieces=pieces))
        return f"S-SO-{number}"

    def bills(self, number: int, invoice: str, **lines: str) -> Any:
        """Let ABCD bill a load; return the bill's reference."""
        told = self.say("freight-bills", week.bill(number, invoice, **lines), as_=Role.CARRIER)
        return next(one["ref"] for one in told["streams"] if one["kind"] == "freight_bill")

    def say(self, path: str, body: Any, *, as_: Role = Role.ADMIN) -> Any:
        """Say something over the API; it must be taken."""
        answer = self.ask(path, body, as_=as_)
        assert answer.status_code == 202, answer.text
        return answer.json()

    def ask(self, path: str, body: Any, *, as_: Role = Role.ADMIN) -> Any:
        """Say something that may be refused, and return the answer."""
        answer = self._doors.post(f"/v1/{path}", body, role=as_)
        self._doors.work()
        return answer

    def see(self, path: str, *, as_: Role = Role.ADMIN) -> Any:
        """Return what the API shows."""
        answer = self._doors.get(f"/v1/{path}", role=as_)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def accrued(self, shipment_ref: str) -> str:
        """Return what the ledger holds as accrued freight cost of a shipment."""
        ((sum_,),) = self._rows(
            "SELECT coalesce(-sum(l.amount), 0) FROM entry_lines l JOIN entries e USING (entry_ref)"
            " WHERE e.shipment_ref = %s AND l.account = 'freight_accrued'",
            shipment_ref,
        )
        return f"{sum_:.2f}"

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self._doors.logins.engine_url) as connection:
            return connection.execute(statement, values).fetchall()


@pytest.fixture
def teller(doors: Any) -> Teller:
    return Teller(doors)


def usd(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "USD"}


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda path: path.stem)
def test_the_journey_goes_as_it_is_told(journey: Path, teller: Teller):
    text = journey.read_text()
    spoken = {
        "on": teller.on,
        "say": teller.say,
        "ask": teller.ask,
        "see": teller.see,
        "deliver": teller.deliver,
        "bills": teller.bills,
        "accrued": teller.accrued,
        "usd": usd,
        "CARRIER": Role.CARRIER,
        "FINANCE": Role.FINANCE,
    }

    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start(1))
        exec(compile("\n" * line + block[1], str(journey), "exec"), spoken)  # noqa: S102
