"""Which shipment a freight bill is for: the one that all of its known references point at.

Our own id counts before BOL, PRO and PO. Nothing is ever matched because it came first in a list.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from drawbar.freight.reference import Reference, ReferenceKey, ReferenceKind, normalise

LADDER: Mapping[ReferenceKind, int] = {
    ReferenceKind.SHIPMENT: 0,
    ReferenceKind.TENDER: 0,
    ReferenceKind.BOL: 1,
    ReferenceKind.PRO: 2,
    ReferenceKind.PO: 3,
    ReferenceKind.ORDER: 3,
}
"""What identifies a shipment, best first; every other kind of name identifies none."""

DISTINCT = frozenset({ReferenceKind.BOL, ReferenceKind.PRO})
"""Names that one shipment has and another has not: an unknown one speaks against a PO."""

Borne = Mapping[str, tuple[ReferenceKey, ...]]

Claim = tuple[ReferenceKey, tuple[str, ...]]


class One(Struct, frozen=True, tag=True):
    """Exactly one shipment fits. ``by`` is the best reference that narrows it down to one."""

    shipment_ref: str
    by: ReferenceKey


class Several(Struct, frozen=True, tag=True):
    """Two or more shipments fit equally; all are listed, sorted. ``by`` is the best reference."""

    shipment_refs: tuple[str, ...]
    by: ReferenceKey
    text: str
    remedy: str


class Conflicting(Struct, frozen=True, tag=True):
    """No shipment bears all of the references. ``claims`` says where each points, best first."""

    claims: tuple[Claim, ...]
    text: str
    remedy: str


class Unmatched(Struct, frozen=True, tag=True):
    """None of the references is known, yet."""

    text: str
    remedy: str


Identity = One | Several | Conflicting | Unmatched


def identify(
    keys: tuple[ReferenceKey, ...],
    *,
    found: Mapping[ReferenceKey, tuple[str, ...]],
    borne: Borne | None = None,
    written: Iterable[Reference] = (),
) -> Identity:
    """Return the shipment that every known reference of ``keys`` points at.

    ``found`` lists the shipments of each name; the order and the repetition of ``keys`` do not
    matter. A name that nobody bears says nothing, unless ``borne`` lists the names of the shipments
    found and all of them bear another BOL or PRO than the bill says: then a weaker reference is no
    match, since the bill may be for a shipment that is not known yet. ``written`` are the
    references as they were spelled, to be quoted where nothing is found.
    """
    claims = _claims(keys, found)
    if not claims:
        return _unmatched(keys, written)
    fitting = set(claims[0][1])
    by = claims[0][0]
    for key, refs in claims[1:]:
        narrowed = fitting & set(refs)
        by = key if len(narrowed) < len(fitting) else by
        fitting = narrowed
    if not fitting:
        return _conflict(claims)
    if all(_denied(keys, claims[0][0], (borne or {}).get(ref, ())) for ref in fitting):
        return _unmatched(keys, written)
    if len(fitting) > 1:
        return _several(tuple(sorted(fitting)), claims[0][0])
    return One(fitting.pop(), by)


def _claims(
    keys: Iterable[ReferenceKey], found: Mapping[ReferenceKey, tuple[str, ...]]
) -> tuple[Claim, ...]:
    known = {key for key in keys if key.kind in LADDER and found.get(key)}
    ranked = sorted(known, key=lambda key: (LADDER[key.kind], key))
    return tuple((key, tuple(sorted(set(found[key])))) for key in ranked)


def _denied(
    keys: tuple[ReferenceKey, ...], best: ReferenceKey, names: tuple[ReferenceKey, ...]
) -> bool:
    """Return whether a shipment of these names bears another BOL or PRO than the bill says.

    Only one that stands above the ``best`` reference that is known: below it, names may differ.
    """
    for kind in DISTINCT:
        said = {key for key in keys if key.kind is kind and LADDER[kind] < LADDER[best.kind]}
        own = {name for name in names if name.kind is kind and name.party in _parties(said)}
        if said and own and not said & own:
            return True
    return False


def _parties(keys: Iterable[ReferenceKey]) -> set[str]:
    return {key.party for key in keys}


def _conflict(claims: tuple[Claim, ...]) -> Conflicting:
    said = "; ".join(f"{_name(key)} is {_either(refs)}" for key, refs in claims)
    return Conflicting(
        claims=claims,
        text=f"The references of the bill point at different shipments: {said}.",
        remedy="Ask the carrier which load it bills, or choose the shipment.",
    )


def _several(refs: tuple[str, ...], by: ReferenceKey) -> Several:
    return Several(
        shipment_refs=refs,
        by=by,
        text=f"{_name(by)} is on {len(refs)} shipments: {', '.join(refs)}.",
        remedy="Ask the carrier for its BOL or PRO, or choose the shipment.",
    )


def _unmatched(keys: tuple[ReferenceKey, ...], written: Iterable[Reference]) -> Unmatched:
    spelled = {(one.kind, normalise(one).value): one.value.strip() for one in written}
    said = (
        f"{key.kind.value.upper()} {spelled.get((key.kind, key.value), key.value)}"
        for key in sorted(set(keys))
        if key.kind in LADDER
    )
    names = ", ".join(said)
    return Unmatched(
        text=f"No shipment is known by {names}." if names else "The bill names no shipment.",
        remedy="Ask the carrier for the BOL or our shipment number.",
    )


def _either(refs: tuple[str, ...]) -> str:
    return " or ".join(refs)


def _name(key: ReferenceKey) -> str:
    return f"{key.kind.value.upper()} {key.value}"
