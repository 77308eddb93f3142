"""Facts that follow from facts: keyed by their cause, so that they too happen once."""

from collections.abc import Mapping
from typing import Any, TypeVar

from drawbar.freight.fact import Fact
from drawbar.freight.identity import key_for
from drawbar.freight.instant import Instant

F = TypeVar("F", bound=Fact)


def following(
    kind: type[F], cause: Fact, /, *, about: str, at: Instant | None = None, **said: Any
) -> F:
    """Return the fact of ``kind`` that ``cause`` brings about for ``about``, once per cause.

    ``at`` is when it comes true, the moment of the cause where nothing else is said.
    """
    fields: Mapping[str, Any] = said
    return kind(
        key=key_for(kind.__name__, about, cause.key),
        happened_at=at or cause.learned_at,
        learned_at=at or cause.learned_at,
        lineage=cause.lineage,
        **fields,
    )
