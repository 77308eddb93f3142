"""How many units of an accessorial there were, stop by stop, and what shows it.

Nothing is counted that is not on file; where nothing is, the count says which reason to answer.
"""

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.accessorial import AccessorialRate, Evidence, Unit
from drawbar.freight.charge import ChargeKind
from drawbar.freight.fact import FactKey
from drawbar.freight.money import Money, total
from drawbar.freight.movement import Movement, Proof
from drawbar.freight.verdict import Reason
from drawbar.freight.visit import Visit
from drawbar.rating.denied import Denied
from drawbar.rating.evidence import needed, on_file
from drawbar.rating.layover import Late, Unreported, Waited, nights

ONE = Decimal(1)


class Counted(Struct, frozen=True, kw_only=True):
    """So many ``units`` at a stop, or for the whole shipment at stop 0; ``money`` of receipts."""

    stop: int
    units: Decimal
    text: str
    money: Money | None = None
    facts: tuple[FactKey, ...] = ()


class Tally(Struct, frozen=True, kw_only=True):
    """What was counted of one clause, and what may be billed of it but is not owed."""

    counted: tuple[Counted, ...] = ()
    denied: tuple[Denied, ...] = ()


def tally(
    row: AccessorialRate, movement: Movement, *, currency: str, grace_minutes: int | None
) -> Tally:
    """Return what there was of a clause, before free units and money.

    ``grace_minutes`` is how late a truck may come and still claim that it waited.
    """
    stops = _stops(row, movement.visits)
    if row.place_is and not stops:
        text = f"no stop is marked {row.place_is!r}, which clause {row.clause} asks for"
        return _denied(row, Reason.NOT_AUTHORISED, text)
    asked = needed(row)
    if not asked:
        return Tally(counted=_standing(row, stops))
    if row.kind is ChargeKind.LAYOVER and asked == (Evidence.EVENTS,):
        waited = _layover(row, stops, grace_minutes)
        if waited is not None:
            return waited
    return _proven(row, asked, movement, {one.stop for one in stops} | {0}, currency)


def counts_stops(row: AccessorialRate) -> bool:
    """Return whether a clause counts stops, of which the first ``free`` cost nothing."""
    by_place = bool(row.place_is) and row.per is Unit.OCCURRENCE
    return row.per is Unit.STOP or row.kind is ChargeKind.STOP_OFF or by_place


def _stops(row: AccessorialRate, visits: tuple[Visit, ...]) -> tuple[Visit, ...]:
    """Return the stops that a clause is about, in driving order."""
    if row.kind is ChargeKind.STOP_OFF and not row.place_is:
        return visits[1:-1]
    wanted = _word(row.place_is)
    return tuple(
        one for one in visits if not wanted or wanted in {_word(mark) for mark in one.marks}
    )


def _word(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def _standing(row: AccessorialRate, stops: tuple[Visit, ...]) -> tuple[Counted, ...]:
    """Count what the clause, or the place alone, makes owed: by stop, or once."""
    at = f"a place marked {row.place_is!r}" if row.place_is else "no approval needed"
    if counts_stops(row):
        free = int(row.free)
        return tuple(Counted(stop=one.stop, units=ONE, text=at) for one in stops[free:])
    return (Counted(stop=0, units=ONE, text=at),)


def _layover(
    row: AccessorialRate, stops: tuple[Visit, ...], grace_minutes: int | None
) -> Tally | None:
    """Count the nights that were waited; None where nobody reported a stay and papers may tell."""
    seen = [(one, nights(one, grace_minutes=grace_minutes)) for one in stops]
    counted = tuple(
        Counted(stop=visit.stop, units=Decimal(said.nights), text=said.text, facts=visit.facts)
        for visit, said in seen
        if isinstance(said, Waited) and said.nights
    )
    late = tuple(
        Denied(
            kind=row.kind,
            stop=visit.stop,
            reason=Reason.LATE_ARRIVAL,
            text=said.text,
            facts=visit.facts,
        )
        for visit, said in seen
        if isinstance(said, Late)
    )
    if counted or late:
        return Tally(counted=counted, denied=late)
    if any(isinstance(said, Unreported) for _, said in seen):
        return None
    return _denied(row, Reason.NO_EVENT, "the truck waited at no stop over night")


def _proven(
    row: AccessorialRate,
    asked: tuple[Evidence, ...],
    movement: Movement,
    stops: set[int],
    currency: str,
) -> Tally:
    """Count what papers and reports prove; each that the clause asks for must be on file."""
    proofs = {one: _at(on_file(movement.proofs, row.kind, one), stops) for one in asked}
    owed = {one: tuple(p for p in found if not p.by_carrier) for one, found in proofs.items()}
    for evidence in asked:
        if not owed[evidence]:
            return _lacking(row, evidence, proofs[evidence])
    measuring = owed[asked[0]]
    blank = [one for one in measuring if one.money is None]
    if row.per is Unit.RECEIPT and blank:
        text = "the receipt on file says no amount"
        return _denied(row, Reason.RECEIPT, text, _facts(blank))
    foreign = [one for one in measuring if one.money and one.money.currency != currency]
    if row.per is Unit.RECEIPT and foreign:
        text = f"the receipt over {foreign[0].money} is not in {currency}"
        return _denied(row, Reason.CURRENCY, text, _facts(foreign))
    wordless = [one for one in measuring if one.evidence is Evidence.ATTEMPT and not one.reason]
    measuring = tuple(one for one in measuring if one not in wordless)
    if not measuring:
        text = f"nobody said why the attempt at stop {wordless[0].stop} failed"
        return _denied(row, Reason.NO_EVENT, text, _facts(wordless))
    return Tally(counted=tuple(_by_stop(row, measuring, currency)))


def _at(proofs: tuple[Proof, ...], stops: set[int]) -> tuple[Proof, ...]:
    return tuple(one for one in proofs if one.stop in stops)


def _by_stop(row: AccessorialRate, proofs: tuple[Proof, ...], currency: str) -> Iterable[Counted]:
    whole = row.per is Unit.SHIPMENT
    for stop in sorted({0 if whole else one.stop for one in proofs}):
        here = [one for one in proofs if whole or one.stop == stop]
        once = row.per in {Unit.STOP, Unit.SHIPMENT}
        receipts = [one.money for one in here if one.money and one.money.currency == currency]
        yield Counted(
            stop=stop,
            units=ONE if once else sum((one.count for one in here), start=Decimal(0)),
            text=f"{len(here)} on file: {here[0].evidence.value}",
            money=total(receipts, currency=currency),
            facts=_facts(here),
        )


def _lacking(row: AccessorialRate, evidence: Evidence, found: tuple[Proof, ...]) -> Tally:
    if found:
        because = f" ({found[0].reason})" if found[0].reason else ""
        text = f"the carrier itself caused the {evidence.value} at stop {found[0].stop}{because}"
        return _denied(row, Reason.NOT_AUTHORISED, text, _facts(found))
    papers = {Evidence.RECEIPT, Evidence.CERTIFICATE}
    reason = Reason.RECEIPT if evidence in papers else Reason.NO_EVENT
    word = "report of it" if evidence is Evidence.EVENTS else evidence.value
    return _denied(row, reason, f"no {word} is on file, which {row.clause} asks for")


def _denied(
    row: AccessorialRate, reason: Reason, text: str, facts: tuple[FactKey, ...] = ()
) -> Tally:
    return Tally(denied=(Denied(kind=row.kind, reason=reason, text=text, facts=facts),))


def _facts(proofs: Iterable[Proof]) -> tuple[FactKey, ...]:
    return tuple(one.fact for one in proofs)
