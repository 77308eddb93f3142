"""Proof of delivery: whether what the receiver signed is enough to invoice, and what is short.

A proof is judged by the customer's rule; what it does not say is never assumed.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from drawbar.freight.fact import FactKey
from drawbar.freight.instant import Instant
from drawbar.freight.milestone import PodReceived
from drawbar.freight.party import PodRule


class Pod(Struct, frozen=True, kw_only=True):
    """A proof of delivery as a shipment keeps it; ``pieces`` is None where it does not say."""

    key: FactKey
    happened_at: Instant
    learned_at: Instant
    signer: str = ""
    signed_on: date | None = None
    pieces: int | None = None
    legible: bool = True
    notes: str = ""
    document: str = ""
    reported_by: str = ""
    damaged: int = 0
    refused: int = 0


class PodMissing(Struct, frozen=True, kw_only=True, tag=True):
    """No proof of delivery came yet."""


class PodComplete(Struct, frozen=True, kw_only=True, tag=True):
    """It has all that the customer's rule asks for, and nothing is short or over."""

    pod: Pod


class PodIncomplete(Struct, frozen=True, kw_only=True, tag=True):
    """Something that the customer's rule asks for is missing, named in words, never empty."""

    pod: Pod
    missing: tuple[str, ...]


class PodShort(Struct, frozen=True, kw_only=True, tag=True):
    """Complete in form, but fewer pieces were received than shipped."""

    pod: Pod
    missing_pieces: int


class PodOver(Struct, frozen=True, kw_only=True, tag=True):
    """Complete in form, but more pieces were received than shipped: somebody else's, perhaps."""

    pod: Pod
    extra_pieces: int


PodVerdict = PodMissing | PodComplete | PodIncomplete | PodShort | PodOver


def received(pods: tuple[Pod, ...], fact: PodReceived) -> tuple[Pod, ...]:
    """Add a proof to those that came before, sorted by when they were made; twice is once."""
    if any(pod.key == fact.key for pod in pods):
        return pods
    return tuple(sorted((*pods, _pod(fact)), key=lambda pod: (pod.happened_at, pod.key)))


def judge(pods: Iterable[Pod], *, rule: PodRule, pieces_shipped: int) -> PodVerdict:
    """Judge all proofs of one shipment: the latest one that is complete in form counts.

    Where none is, the one that lacks least speaks, the latest of those.
    """
    verdicts = [check(pod, rule=rule, pieces_shipped=pieces_shipped) for pod in pods]
    if not verdicts:
        return PodMissing()
    least = min(_lacks(verdict) for verdict in verdicts)
    best = (verdict for verdict in verdicts if _lacks(verdict) == least)
    return max(best, key=lambda verdict: (verdict.pod.happened_at, verdict.pod.key))


def check(
    pod: Pod, *, rule: PodRule, pieces_shipped: int
) -> PodComplete | PodIncomplete | PodShort | PodOver:
    """Judge one proof of delivery."""
    missing = tuple(_missing(pod, rule))
    if missing:
        return PodIncomplete(pod=pod, missing=missing)
    if pod.pieces is None or pod.pieces == pieces_shipped:
        return PodComplete(pod=pod)
    if pod.pieces < pieces_shipped:
        return PodShort(pod=pod, missing_pieces=pieces_shipped - pod.pieces)
    return PodOver(pod=pod, extra_pieces=pod.pieces - pieces_shipped)


def _missing(pod: Pod, rule: PodRule) -> Iterator[str]:
    if rule.signer_required and not pod.signer.strip():
        yield "the name of the person who signed"
    if rule.signed_on_required and pod.signed_on is None:
        yield "the date of the signature"
    if rule.pieces_required and (pod.pieces is None or pod.pieces < 0):
        yield "the number of pieces received"
    if not pod.legible:
        yield "a legible document"


def _lacks(verdict: PodComplete | PodIncomplete | PodShort | PodOver) -> int:
    return len(verdict.missing) if isinstance(verdict, PodIncomplete) else 0


def _pod(fact: PodReceived) -> Pod:
    return Pod(
        key=fact.key,
        happened_at=fact.happened_at,
        learned_at=fact.learned_at,
        signer=fact.signer,
        signed_on=fact.signed_on,
        pieces=fact.pieces,
        legible=fact.legible,
        notes=fact.notes,
        document=fact.document,
        reported_by=fact.reported_by,
        damaged=fact.damaged,
        refused=fact.refused,
    )
