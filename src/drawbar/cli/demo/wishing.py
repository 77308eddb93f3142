"""What somebody wishes to see, kept in the world's folder: a world that was begun goes on so."""

import json
import os
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from drawbar.cli.demo.reset import NotADemo, StillInUse, forget_database
from drawbar.cli.demo.run import Wish
from drawbar.cli.options import CONFLICT, UNAVAILABLE, fail
from drawbar.cli.own_folder import own_folder
from drawbar.records.server import UnableToOpenDatabase

NAME = "demo"
FIRST_DAY = date(2026, 9, 7)
"""The Monday on which a world begins that ends by itself: every run of a seed is the same."""

HISTORY_DAYS = 30
LOADS_PER_DAY = {"small": 8, "medium": 25, "large": 60}


class Told(Struct, frozen=True, kw_only=True):
    """What was told on the command line. A ``speed`` of None ends the world after its history."""

    seed: int
    size: str | None
    days: int | None
    speed: float | None
    kill: tuple[str, ...] = ()
    anew: bool = False


def wish_of(told: Told) -> Wish:
    """Return what is wanted; a world that was begun goes on as it began, unless ``anew``."""
    name = NAME if told.speed is not None else f"{NAME}_run"
    world = own_folder(name, os.environ) / "world"
    if told.anew:
        _forget(name, world)
    kept = world / "wish.json"
    if not kept.exists():
        world.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(_beginning(told)))
    begun = json.loads(kept.read_text())
    return Wish(
        name=name,
        folder=world,
        seed=begun["seed"],
        loads_per_day=begun["loads_per_day"],
        begins_on=date.fromisoformat(begun["begins_on"]),
        days=begun["days"],
        speed=told.speed,
        kill=told.kill,
    )


def _beginning(told: Told) -> dict[str, object]:
    days = told.days or HISTORY_DAYS
    ends = told.speed is None
    first = FIRST_DAY if ends else _today() - timedelta(days=days)
    return {
        "seed": told.seed,
        "loads_per_day": LOADS_PER_DAY[told.size or ("medium" if ends else "small")],
        "begins_on": first.isoformat(),
        "days": days,
    }


def _today() -> date:
    return datetime.now().astimezone().date()  # noqa: TID251 - a world begins in our time


def _forget(name: str, world: Path) -> None:
    try:
        forget_database(name, os.environ)
    except (NotADemo, StillInUse) as error:
        fail(str(error), code=CONFLICT)
    except UnableToOpenDatabase as error:
        fail(str(error), code=UNAVAILABLE)
    shutil.rmtree(world, ignore_errors=True)
