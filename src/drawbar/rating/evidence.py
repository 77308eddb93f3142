"""What is on file for a charge: receipts, attempts, certificates, events, each counted once.

The same paper sent twice, by whomever, proves one thing; the order in which it came is nothing.
"""

from collections.abc import Iterable

from drawbar.freight.accessorial import AccessorialRate, Evidence, Unit
from drawbar.freight.charge import ChargeKind
from drawbar.freight.movement import Proof

BY_KIND = {
    ChargeKind.LUMPER: Evidence.RECEIPT,
    ChargeKind.REDELIVERY: Evidence.ATTEMPT,
    ChargeKind.LAYOVER: Evidence.EVENTS,
    ChargeKind.STORAGE: Evidence.EVENTS,
    ChargeKind.RECONSIGNMENT: Evidence.EVENTS,
}
"""What proves a charge where its clause asks for nothing: its price alone never makes it owed."""


def needed(row: AccessorialRate) -> tuple[Evidence, ...]:
    """Return what must be on file for a clause beside an approval, each once, in order."""
    asked: list[Evidence] = [one for one in row.evidence if one is not Evidence.APPROVAL]
    if row.per is Unit.RECEIPT:
        asked.insert(0, Evidence.RECEIPT)
    if not asked and not needs_approval(row):
        timed = row.per in {Unit.HOUR, Unit.DAY}
        by_kind = BY_KIND.get(row.kind, Evidence.EVENTS if timed else None)
        asked += [by_kind] if by_kind else []
    return tuple(dict.fromkeys(asked))


def needs_approval(row: AccessorialRate) -> bool:
    """Return whether a clause owes nothing that no person approved."""
    return row.needs_approval or Evidence.APPROVAL in row.evidence


def on_file(proofs: Iterable[Proof], kind: ChargeKind, evidence: Evidence) -> tuple[Proof, ...]:
    """Return the proofs of one kind for one kind of charge, each once, by stop."""
    alike = [one for one in proofs if one.kind is kind and one.evidence is evidence]
    kept: list[Proof] = []
    for proof in sorted(alike, key=_clearest_first):
        if not any(_same(proof, one) for one in kept):
            kept.append(proof)
    return tuple(sorted(kept, key=lambda one: (one.stop, one.fact)))


def _clearest_first(proof: Proof) -> tuple[bool, bool, bool, str]:
    """Return what sorts a proof that says more before one that says less."""
    return not proof.document, not proof.stop, proof.money is None, proof.fact


def _same(proof: Proof, other: Proof) -> bool:
    if proof.fact == other.fact:
        return True
    if proof.document and other.document:
        return proof.document == other.document
    same_stop = proof.stop == other.stop or 0 in {proof.stop, other.stop}
    return same_stop and proof.money == other.money and proof.count == other.count
