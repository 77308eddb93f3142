"""The conductor at work: turn after turn, the world says what is due and the firm answers.

A turn is an instant: everything in it happens at one ``now``, in one order.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from drawbar.world.conductor.agenda import AWAY, LAPSE, agenda_of, staged_outage, when
from drawbar.world.conductor.cast import Cast, Unheard
from drawbar.world.conductor.firm import Firm, Paper
from drawbar.world.conductor.score_book import Line, ScoreBook
from drawbar.world.conductor.treasury import Treasury
from drawbar.world.plan import (
    Acceptance,
    OrderPlan,
    Plan,
    Staged,
    behaviour_of,
    drive,
    parties_of,
    seal_of,
    staged,
    stock_of,
    visitor,
)
from drawbar.world.store import stamp
from drawbar.world.truth import BillTruth

Json = dict[str, Any]
AGAIN = timedelta(minutes=30)
"""When paper that the firm could not have yet is handed in again."""


class Conductor:
    """Conducts one world, turn by turn; after any crash another one goes on from the book."""

    def __init__(self, plan: Plan, *, cast: Cast, book: ScoreBook, firm: Firm) -> None:
        """Conduct ``plan`` with ``cast`` before ``firm``."""
        self.plan = plan
        self._cast, self._book, self._firm = cast, book, firm
        self._orders = {order.number: order for order in plan.orders}
        self._carriers = {system: carrier for carrier, system in cast.carriers.items()}
        self._treasury = Treasury(cast, book)
        self._agenda = agenda_of(plan.orders, plan.outages, plan.lapses)
        self._next = int(book.noted("next") or 0)
        self.incidents: tuple[Staged, ...] = ()
        if staged_at := book.noted("staged"):
            self._adopt(datetime.fromisoformat(staged_at))

    def open(self, now: datetime) -> None:
        """Set the stage, unless it is set: parties, stock, and the seal on the truth."""
        self._tell_time(now)
        if self._book.noted("open"):
            self._take_away(now)
            return
        for party in parties_of(self.plan):
            self._cast.erp.tell("/control/parties", party)
        for stock in stock_of(self.plan):
            self._cast.wms.tell("/control/stock", stock)
        self._book.learn("seal", seal_of(self.plan))
        self._book.note("open", stamp(now))

    def _take_away(self, now: datetime) -> None:
        """Take away again who was away before a pause: a system that starts anew is there."""
        for _, what, subject in self._agenda[: self._next]:
            if what == "away" and subject.until and subject.until > now:
                self._cast.desks[subject.subject].tell("/control/faults", AWAY[subject.kind])

    def last_turn(self) -> datetime | None:
        """Return when the last turn was, before a crash or a pause; it may have been cut short.

        Who goes on takes it again: what was done in it is not done twice.
        """
        last = self._book.noted("now")
        return datetime.fromisoformat(last) if last else None

    def turn(self, now: datetime) -> None:
        """Let everything happen that is due by ``now``, and wait until the firm is at rest."""
        self._book.note("now", stamp(now))
        self._tell_time(now)
        news = {"erp"} if self._enter(now) else set()
        news |= {"erp"} if self._treasury.turn(now) else set()
        news |= self._say(now)
        told = self._firm.settle(now, news)
        while heard := self._listen(told, now):
            told = self._firm.settle(now, heard)

    def stage(self, now: datetime) -> None:
        """Let the incidents begin that are to be looked at, once for ever."""
        if not self._book.noted("staged"):
            self._book.note("staged", stamp(now))
            self._adopt(now)

    def _adopt(self, staged_at: datetime) -> None:
        """Take what was staged into the agenda, where it stood also before a pause."""
        self.incidents = staged(self.plan, staged_at)
        orders = [one.order for one in self.incidents if one.order]
        self._orders |= {order.number: order for order in orders}
        more = agenda_of(orders, [staged_outage(staged_at)])
        self._agenda = sorted([*self._agenda, *more], key=when)

    def next_due(self) -> datetime | None:
        """Return when something happens next in the world or in the firm."""
        planned = self._agenda[self._next][0] if self._next < len(self._agenda) else None
        known = (planned, self._book.next_due(), self._firm.next_due(), self._treasury.next_due())
        return min((one for one in known if one is not None), default=None)

    def _tell_time(self, now: datetime) -> None:
        moment = {"now": stamp(now)}
        self._cast.tell_each("/control/clock", {"erp": moment, "wms": moment})

    def _enter(self, now: datetime) -> bool:
        """Do what the plan says until ``now``: orders, changes, cancels, outages."""
        begun = self._next
        while self._next < len(self._agenda) and self._agenda[self._next][0] <= now:
            _, what, subject = self._agenda[self._next]
            self._do(what, subject)
            self._next += 1
            self._book.note("next", str(self._next))
        return self._next > begun

    def _do(self, what: str, subject: Any) -> None:
        match what:
            case "order":
                self._introduce(subject)
                self._cast.erp.tell("/control/orders", subject.sales_order)
            case "revision":
                self._cast.erp.tell("/control/orders", subject.sales_order)
            case "cancel":
                self._cast.erp.tell(f"/control/orders/{subject.number}/cancel", {})
            case "away":
                self._cast.desks[subject.subject].tell("/control/faults", AWAY[subject.kind])
                self._book.learn(f"fault-{subject.subject}-{stamp(subject.at)}", subject)
            case "lapse":
                self._cast.erp.tell("/control/faults", LAPSE)
                self._book.learn(f"lapse-{stamp(subject.at)}", subject)
            case "back":
                self._cast.desks[subject.subject].tell("/control/faults", method="DELETE")

    def _introduce(self, order: OrderPlan) -> None:
        """Let every carrier know how to behave when it is asked for this order."""
        self._book.learn(f"order-{order.number}", order.truth)
        lessons = {
            system: {"ref": order.number, "behaviour": behaviour_of(self.plan, order, carrier)}
            for carrier, system in self._cast.carriers.items()
        }
        self._cast.tell_each("/control/behaviour", lessons)

    def _say(self, now: datetime) -> set[str]:
        """Let every mouth say what is due, note what carriers accepted; return who spoke."""
        due = self._book.due(now)
        told = {
            system: [one for one in due if one.mouth == "carrier" and one.carrier == carrier]
            for carrier, system in self._cast.carriers.items()
        }
        positions = [one for one in due if one.mouth == "telematics"]
        if positions:
            told[self._cast.telematics] = positions
        spoke = self._turns(told, now)
        for one in due:
            if one.mouth == "desk":
                self._hand_in(one, now)
        return spoke

    def _listen(self, told: Collection[str], now: datetime) -> set[str]:
        """Let the carriers among those who were told something take it in; return who stirred."""
        return self._turns({one: [] for one in self._cast.carriers.values() if one in told}, now)

    def _turns(self, told: Mapping[str, list[Line]], now: datetime) -> set[str]:
        """Let systems have their turns beside each other; return who stirred.

        What came of them is taken in one after the other, always in the same order.
        """
        turns = {system: self._turn(system, lines, now) for system, lines in told.items()}
        answers = self._cast.tell_each("/control/turn", turns)
        return {system for system in told if self._turned(system, told[system], answers[system])}

    def _turn(self, system: str, told: list[Line], now: datetime) -> Json:
        bodies = [{**one.body, "key": one.key} for one in told]
        after = int(self._book.noted(f"heard-{system}") or 0)
        return {"now": stamp(now), "lessons": [], "told": bodies, "after": after}

    def _turned(self, system: str, told: list[Line], answer: Json) -> bool:
        """Take in what came of a turn; say whether anything was done in it."""
        if answer.get("unsaid"):
            raise Unheard(f"{system} could not say {answer['unsaid']}")
        self._book.said(told)
        accepted = answer["accepted"]
        for row in accepted:
            self._heard(self._carriers[system], row)
        if accepted:
            self._book.note(f"heard-{system}", str(accepted[-1]["seq"]))
        return bool(answer.get("stirred", True))

    def _hand_in(self, line: Line, now: datetime) -> None:
        body = line.body["body"]
        assert isinstance(body, dict)
        paper = Paper(path=str(line.body["path"]), body=body, key=line.key)
        if self._firm.hand_in(paper):
            self._book.said([line])
        else:
            self._book.put_off(line, now + AGAIN)

    def _heard(self, carrier: str, row: Json) -> None:
        """Plan what happens now that a carrier has a load, or has it no longer."""
        acceptance = Acceptance(
            carrier=carrier,
            tender=row["tender"],
            shipment=row["shipment"],
            pro=row["pro"],
            at=datetime.fromisoformat(row["at"]),
            seq=row["seq"],
        )
        order = next((self._orders[name] for name in row["names"] if name in self._orders), None)
        if row["state"] == "cancelled" and (order is None or order.cancelled_at is None):
            self._book.plan(acceptance, ())
            return
        if order is None:
            name = next(iter(row["names"][1:]), row["tender"])
            driven = visitor(name, acceptance, row, self.plan)
            bills = (one.truth for one in driven.sayings if isinstance(one.truth, BillTruth))
            self._treasury.pay_soon(bill.number for bill in bills)
        else:
            driven = drive(self.plan, order, acceptance)
        self._book.plan(acceptance, driven.sayings)
        self._book.learn(f"load-{carrier}-{driven.truth.order}", driven.truth)
