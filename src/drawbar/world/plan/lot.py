"""Which load gets which kind of bill, proof or report: by quota, never by luck.

The catalogue is shuffled over the loads that fit, early ones first, so a run of two weeks has
every kind, and a short one a good mix.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from itertools import chain, islice

from msgspec import structs

from drawbar.world.plan.carrier import CARRIERS
from drawbar.world.plan.dice import Dice
from drawbar.world.plan.draft import Draft
from drawbar.world.plan.error_kinds import ERRORS
from drawbar.world.plan.kind import Kind, Shape
from drawbar.world.plan.metro import miles
from drawbar.world.plan.other_kinds import INNOCENTS, TROUBLES
from drawbar.world.plan.pairing import paired
from drawbar.world.plan.shape import Asked

INNOCENTS_PER_MILLE = 85
LEAST_ERRORS, LEAST_INNOCENTS = 4, 3
QUIET_CANCELS_PER_MILLE = 12
TROUBLES_PER_MILLE = 70
SHORT_HAUL_MI = 420
EARLY_PER_CENT = 45
NOTICE = timedelta(hours=20)

Loads = dict[int, Draft]


def with_lots(asked: Asked, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Return the orders with what will be wrong, or look wrong, about each."""
    loads = {one.serial: one for one in drafts}
    orders, seed = len(drafts), asked.seed
    wrong = max(orders * asked.wrong_per_mille // 1000, LEAST_ERRORS)
    for name, kinds, quota in (
        ("errors", tuple(ERRORS), wrong),
        ("innocents", tuple(INNOCENTS), max(orders * INNOCENTS_PER_MILLE // 1000, LEAST_INNOCENTS)),
    ):
        _deal(loads, kinds, quota, Dice(seed, "lots", name))
    _cancel_quietly(loads, Dice(seed, "lots", "cancels"))
    _trouble(loads, Dice(seed, "lots", "troubles"))
    return tuple(loads[one.serial] for one in drafts)


def _deal(loads: Loads, kinds: tuple[Kind, ...], quota: int, dice: Dice) -> None:
    """Deal ``quota`` kinds out: each once to early loads, then again to any."""
    pools = _early_first(loads, dice)
    rounds = [dice.shuffled(kinds) for _ in range(-(-quota // len(kinds)))]
    for turn, kind in enumerate([kind for deck in rounds for kind in deck][:quota]):
        pool = iter(pools) if turn < len(kinds) else _from_anywhere(pools, dice)
        serial = next((one for one in pool if _fits(kind, one, loads)), None)
        if serial is not None:
            _give(kind, serial, loads)


def _from_anywhere(pool: list[int], dice: Dice) -> Iterator[int]:
    """Yield the loads in their shuffled order, beginning with any."""
    start = dice.below(len(pool))
    return chain(islice(pool, start, None), islice(pool, start))


def _early_first(loads: Loads, dice: Dice) -> list[int]:
    """Return the loads shuffled, the early ones before the late ones."""
    serials = sorted(loads)
    middle = -(-len(serials) * EARLY_PER_CENT // 100)
    return [*dice.shuffled(serials[:middle]), *dice.shuffled(serials[middle:])]


def _fits(kind: Kind, serial: int, loads: Loads) -> bool:
    load = loads[serial]
    if load.lot != Kind.CLEAN.value:
        return False
    shape = {**ERRORS, **INNOCENTS}[kind].shape
    if shape.startswith("pair"):
        return _mate(shape, load, loads) is not None
    if shape == "other carrier":
        return _is_x12(load) and _other(load, loads) is not None
    return SHAPES[shape](load)


def _is_x12(load: Draft) -> bool:
    return CARRIERS[load.carrier].channel == "x12"


def _has_notice(load: Draft) -> bool:
    return load.due_at - load.entered_at >= NOTICE


def _is_short_haul(load: Draft) -> bool:
    return len(load.route) == 2 and miles(load.route[0].metro, load.route[1].metro) < SHORT_HAUL_MI


def _is_direct(load: Draft) -> bool:
    return len(load.route) == 2


SHAPES: Mapping[Shape, Callable[[Draft], bool]] = {
    "any": _is_direct,
    "no wait": _is_direct,
    "long wait": _is_direct,
    "late": _is_direct,
    "short haul": _is_short_haul,
    "cancelled early": _has_notice,
    "cancelled late": _is_direct,
    "many stops": lambda load: len(load.route) > 2,
    "x12": lambda load: _is_x12(load) and _is_direct(load),
}
"""Which loads a kind can be given to. What happens on the road is then made to fit it."""


def _mate(shape: Shape, load: Draft, loads: Loads) -> Draft | None:
    """Return another load of the same customer and carrier, entered soon after this one."""
    if shape == "pair of x12" and not _is_x12(load):
        return None
    alike = (one for one in _near(load, loads) if one.carrier == load.carrier)
    return next((one for one in alike if one.route[0].metro == load.route[0].metro), None)


def _other(load: Draft, loads: Loads) -> Draft | None:
    """Return a load that another carrier will take, picked up before this one is."""
    others = (one for one in _near(load, loads, customer=False) if one.carrier != load.carrier)
    return next((one for one in others if one.due_at <= load.due_at), None)


def _near(load: Draft, loads: Loads, *, customer: bool = True) -> Iterator[Draft]:
    for distance in range(1, 40):
        for serial in (load.serial + distance, load.serial - distance):
            one = loads.get(serial)
            if one is None or one.lot != Kind.CLEAN.value or one.mates or not _is_direct(one):
                continue
            if not customer or one.customer == load.customer:
                yield one


def _give(kind: Kind, serial: int, loads: Loads) -> None:
    shape = {**ERRORS, **INNOCENTS}[kind].shape
    load = structs.replace(loads[serial], lot=kind.value, cancel=CANCELS.get(shape, ""))
    loads[serial] = load
    mate = _other(load, loads) if shape == "other carrier" else None
    mate = _mate(shape, load, loads) if shape.startswith("pair") else mate
    if mate is not None:
        loads[serial], loads[mate.serial] = paired(kind, load, mate)


CANCELS: Mapping[str, str] = {"cancelled early": "early", "cancelled late": "late"}


def _cancel_quietly(loads: Loads, dice: Dice) -> None:
    """Let some orders be cancelled in good time, of which nobody hears any more."""
    for serial in _clean(loads, dice)[: len(loads) * QUIET_CANCELS_PER_MILLE // 1000]:
        if _has_notice(loads[serial]):
            loads[serial] = structs.replace(loads[serial], cancel="early")


def _trouble(loads: Loads, dice: Dice) -> None:
    told = [kind for kind, row in TROUBLES.items() if row.where in {"proof", "event"}]
    kinds = dice.shuffled(told)
    quota = max(len(loads) * TROUBLES_PER_MILLE // 1000, 1)
    pool = [one for one in _clean(loads, dice) if not loads[one].cancel]
    half = sorted(loads)[len(loads) // 2] if loads else 0
    pool.sort(key=lambda serial: serial >= half)
    for turn in range(quota):
        kind = kinds[turn % len(kinds)]
        serial = next((one for one in pool if _suits(kind, loads[one])), None)
        if serial is not None:
            pool.remove(serial)
            field = "proof" if TROUBLES[kind].where == "proof" else "noise"
            loads[serial] = structs.replace(loads[serial], **{field: kind.value})


def _suits(kind: Kind, load: Draft) -> bool:
    if kind is Kind.EVENT_OF_UNKNOWN_LOAD:
        return CARRIERS[load.carrier].has_telematics
    return TROUBLES[kind].shape != "x12" or _is_x12(load)


def _clean(loads: Loads, dice: Dice) -> list[int]:
    """Return the loads about which nothing is special, shuffled."""
    plain = Kind.CLEAN.value
    return dice.shuffled([n for n, one in loads.items() if one.lot == plain and not one.mates])
