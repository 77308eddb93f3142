"""Sift a batch: what we know already is not learned again, and what contradicts it is put aside."""

from collections.abc import Callable, Sequence

from msgspec import Struct, structs

from drawbar.engine.arrival import Arrival, Fate
from drawbar.freight.fact import Fact
from drawbar.records.codec import content_hash, decode_fact, encode, what_it_says
from drawbar.records.facts import KnownFacts, known_facts, stored_bodies
from drawbar.records.sheet import Rows

KEY_LENGTH_MAX = 200


class UnfitKey(ValueError):
    """A fact whose key is empty or too long cannot be told from others: a fault of its reader."""


class Fresh(Struct, frozen=True, kw_only=True):
    """An arrival to decide, with its place in the batch and its bytes as they are kept."""

    position: int
    arrival: Arrival
    body: bytes
    content: bytes


class Sifted(Struct, frozen=True):
    """What is to be decided, and the fate of the rest by its place in the batch."""

    fresh: list[Fresh]
    fates: dict[int, Fate]


def ask(cursor: Rows, arrivals: Sequence[Arrival]) -> Callable[[], KnownFacts]:
    """Ask what we know under the keys of ``arrivals``; facts that are on file are not asked for."""
    keys = {arrival.fact.key for arrival in arrivals if arrival.fact_id is None}
    return known_facts(cursor, sorted(keys))


def sift(cursor: Rows, arrivals: Sequence[Arrival], on_file: KnownFacts) -> Sifted:
    """Tell new facts from those we know, and from those that say something else under a known key.

    A fact that is on file (woken, deferred) is not sifted. Raise ``UnfitKey``.
    """
    known: dict[str, tuple[bytes, int | Fact]] = dict(on_file.facts)
    sifted = Sifted([], {})
    for position, arrival in enumerate(arrivals):
        if arrival.fact_id is not None:
            fresh = Fresh(position=position, arrival=arrival, body=b"", content=b"")
            sifted.fresh.append(fresh)
            continue
        content = content_hash(_fit(arrival.fact))
        first = known.setdefault(arrival.fact.key, (content, arrival.fact))
        if first[1] is arrival.fact:
            body = encode(arrival.fact)
            again = arrival.was_dead or arrival.fact.key in on_file.dead
            new = structs.replace(arrival, was_dead=again) if again else arrival
            fresh = Fresh(position=position, arrival=new, body=body, content=content)
            sifted.fresh.append(fresh)
        else:
            says_the_same = first[0] == content or _says_the_same(cursor, first[1], arrival.fact)
            sifted.fates[position] = Fate.DUPLICATE if says_the_same else Fate.CONFLICTING
    return sifted


def _fit(fact: Fact) -> Fact:
    if not 1 <= len(fact.key) <= KEY_LENGTH_MAX:
        raise UnfitKey(f"the key of a fact has 1 to {KEY_LENGTH_MAX} characters: {fact.key!r}")
    return fact


def _says_the_same(cursor: Rows, first: int | Fact, second: Fact) -> bool:
    """Compare what two facts say: the bytes of one kept by an older version may differ only so."""
    if isinstance(first, int):
        first = decode_fact(stored_bodies(cursor, [first])[first])
    return what_it_says(first) == what_it_says(second)
