"""Apply facts so that one that cannot be written does not keep back the others."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from drawbar.engine.arrival import Arrival, Fate
from drawbar.engine.batch import Batch
from drawbar.engine.burying import bury_alone
from drawbar.engine.learning import learn_batch
from drawbar.engine.transaction import in_transaction, is_meeting, is_outage
from drawbar.records.session import Pool
from drawbar.records.sheet import Rows

T = TypeVar("T")
Learn = Callable[[Batch, Sequence[Arrival]], list[Fate]]
Work = Callable[[Batch, Learn], T]


def applied(pool: Pool, begin: Callable[[Rows], Batch], work: Work[T]) -> T:
    """Return what ``work`` returns, in one transaction; it calls ``Learn`` with its facts.

    When that fails it is done once more with care: the facts that Postgres refuses are searched
    for by halves and become dead letters. Raises what no fact is to blame for.
    """

    def at_once(cursor: Rows) -> T:
        return work(begin(cursor), learn_batch)

    def with_care(cursor: Rows) -> T:
        return work(begin(cursor), learn_by_halves)

    try:
        return in_transaction(pool, at_once)
    except Exception as error:
        if is_outage(error) or is_meeting(error):
            raise
    return in_transaction(pool, with_care)


def learn_by_halves(batch: Batch, arrivals: Sequence[Arrival]) -> list[Fate]:
    """Apply ``arrivals``; those that cannot be written are found by halving, and buried."""
    try:
        with batch.cursor.connection.transaction():
            return learn_batch(batch, arrivals)
    except Exception as error:
        if is_outage(error) or is_meeting(error):
            raise
        if len(arrivals) == 1:
            return [bury_alone(batch, arrivals[0], error)]
    middle = len(arrivals) // 2
    first = learn_by_halves(batch, arrivals[:middle])
    return first + learn_by_halves(batch, arrivals[middle:])
