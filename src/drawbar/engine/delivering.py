"""Deliver: claim what may go now, bring it about, settle it; one system in one lane.

The calls run beside each other on threads of their own; the database is touched by one only.
"""

from collections.abc import Sequence
from datetime import timedelta

from msgspec import structs

from drawbar.engine.attempt import Attempt, attempt, prepare
from drawbar.engine.batch import Batch
from drawbar.engine.calls import Beside, Calls, InTurn
from drawbar.engine.engine import Engine
from drawbar.engine.mode import end_kept_back
from drawbar.engine.outcome import unsendable
from drawbar.engine.settling import Post, Tried, cases_of, settle_tried
from drawbar.freight.delivery import Lane
from drawbar.messages.control_numbers import Drawing
from drawbar.messages.gate import ProbeDue, failed
from drawbar.messages.queue import (
    Claimed,
    Round,
    claim,
    extend,
    far_side_answered,
    lock_gate,
    settle,
    write_circuit,
)
from drawbar.messages.sent import keep_sent
from drawbar.records.cases import CaseChange

LEASES = {Lane.DISPATCH: timedelta(seconds=15)}
LEASE = timedelta(seconds=30)
"""How long a delivery stays ours without a sign of life. A worker that lives renews its leases, so
this is how long one that died keeps a delivery back."""
CLAIMED_AT_ONCE = 20


class Deliverer:
    """Delivers to one system in one lane. Use it from one thread."""

    def __init__(
        self,
        engine: Engine,
        post: Post,
        *,
        lease: timedelta | None = None,
        at_once: int = CLAIMED_AT_ONCE,
        alone: bool = False,
    ) -> None:
        """Deliver with the connections of ``engine``; the connector bears ``at_once`` calls.

        ``alone``: no threads; what was claimed together is tried in turn and settled together.
        """
        self.engine = engine
        self.post = post
        self.lease = lease or LEASES.get(post.lane, LEASE)
        self.at_once = at_once
        name = f"{post.system}-{post.lane.value}"
        self._calls: Calls = (
            InTurn(self._try) if alone else Beside(self._try, at_once=at_once, name=name)
        )
        self._renewed_at = engine.clock.now()

    def step(self, *, wait_seconds: float = 0.0) -> int:
        """Claim what there is room for, settle what has come back.

        Return how many came back, were kept back or are still on the way: while there are any, step
        again.
        """
        kept, _ = self._begin()
        self._renew()
        done = self._calls.returned(wait_seconds)
        if done:
            self.settle(done)
        return kept + len(done) + len(self._calls.on_the_way())

    def deliver_once(self) -> int:
        """Claim once, wait for all of it, settle it; return how many moved or were probed."""
        kept, begun = self._begin()
        while self._calls.on_the_way():
            done = self._calls.returned(self.lease.total_seconds() / 3)
            self._renew()
            if done:
                self.settle(done)
        return kept + begun

    def deliver_until_idle(self) -> int:
        """Deliver until nothing may go now; return how many attempts that took."""
        total = 0
        while begun := self.deliver_once():
            total += begun
        return total

    def settle(self, tried: Sequence[Tried]) -> int:
        """Write what became of attempts; return of how many our claim still held."""
        return self.engine.within(lambda batch, learn: settle_tried(batch, learn, self.post, tried))

    def close(self) -> None:
        """Wait for the calls on their way; what they bring about is found by the next worker."""
        self._calls.close()

    def _begin(self) -> tuple[int, int]:
        """End what is kept back and begin what may go; return how many of each."""
        room = self.at_once - len(self._calls.on_the_way())
        if room <= 0:
            return 0, 0
        kept, found, attempts = self.engine.within(lambda batch, _: self._claim(batch, room))
        for one in attempts:
            self._calls.begin(one)
        if isinstance(found.admission, ProbeDue):
            self._probe()
            return kept, 1
        return kept, len(found.claimed)

    def _renew(self) -> None:
        """Keep what is on its way ours, when a third of the lease is over."""
        now = self.engine.clock.now()
        ours = self._calls.on_the_way()
        if not ours or now - self._renewed_at < self.lease / 3:
            return
        until = now + self.lease
        self.engine.within(lambda batch, _: extend(batch.cursor, ours, until=until))
        self._renewed_at = now

    def _claim(self, batch: Batch, room: int) -> tuple[int, Round, list[Attempt]]:
        """Claim deliveries and keep the bytes that are about to go out, in one transaction.

        Return also how many were ended instead, because their flow is not live.
        """
        kept = end_kept_back(batch, self.post, limit=room)
        found = claim(
            batch.cursor,
            system=self.post.system,
            lane=self.post.lane,
            now=batch.now,
            limit=room,
            lease=self.lease,
        )
        attempts: list[Attempt] = []
        changes: list[CaseChange] = []
        drawing = self._drawing(batch, found.claimed)
        for claimed in found.claimed:
            try:
                numbers = drawing.numbers(claimed)
                attempts.append(prepare(self.post.connector, claimed, numbers))
                if attempts[-1].rendered:
                    drawing.give(claimed)
            except Exception as error:  # noqa: BLE001 - one that cannot be rendered stops only itself
                changes += self._lay_aside(batch, claimed, error)
        batch.change_cases(changes)
        sent = [(one.claimed, one.rendered) for one in attempts]
        refs = keep_sent(batch.cursor, sent, system=self.post.system, now=batch.now)
        ready = [
            structs.replace(one, message_ref=ref) for one, ref in zip(attempts, refs, strict=True)
        ]
        return kept, found, ready

    def _drawing(self, batch: Batch, claimed: Sequence[Claimed]) -> Drawing:
        """Return what draws the numbers under which these deliveries go out, where they do."""
        types = self.post.connector.capabilities().numbered
        return Drawing(batch.cursor, claimed, system=self.post.system, types=types, now=batch.now)

    def _lay_aside(self, batch: Batch, claimed: Claimed, error: Exception) -> list[CaseChange]:
        settled = unsendable(claimed, error, now=batch.now)
        settle(batch.cursor, [settled], now=batch.now)
        return list(cases_of(batch, self.post.system, claimed, settled))

    def _try(self, one: Attempt) -> Tried:
        return Tried(one, attempt(self.post.connector, one))

    def _probe(self) -> None:
        """Ask the far side how it is, and open the gate or wait longer."""
        try:
            is_well = self.post.connector.probe()
        except Exception:  # noqa: BLE001 - a probe that fails in any way says: not well
            is_well = False
        self.engine.within(lambda batch, _: self._probed(batch, is_well=is_well))

    def _probed(self, batch: Batch, *, is_well: bool) -> None:
        system, lane = self.post.system, self.post.lane
        if is_well:
            far_side_answered(batch.cursor, system=system, lane=lane, now=batch.now)
            return
        gate = lock_gate(batch.cursor, system=system, lane=lane)
        write_circuit(batch.cursor, failed(gate, now=batch.now))
