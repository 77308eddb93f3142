"""Where the time goes: functions of the engine, timed from outside while a bench runs."""

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from time import perf_counter
from typing import Any

Laps = dict[str, float]


@contextmanager
def timed(places: dict[str, str]) -> Iterator[Laps]:
    """Time functions, given as ``module:name`` by the words of the table; yield seconds by words.

    A function within another counts in both.
    """
    laps: Laps = dict.fromkeys(places, 0.0)
    undo: list[Callable[[], None]] = []
    for words, place in places.items():
        path, names = place.split(":")
        owner: Any = importlib.import_module(path)
        *outer, name = names.split(".")
        for one in outer:
            owner = getattr(owner, one)
        undo.append(_time(owner, name, words, laps))
    try:
        yield laps
    finally:
        for back in undo:
            back()


def _time(owner: Any, name: str, words: str, laps: Laps) -> Callable[[], None]:
    whole = getattr(owner, name)

    @wraps(whole)
    def lap(*args: Any, **values: Any) -> Any:
        start = perf_counter()
        try:
            return whole(*args, **values)
        finally:
            laps[words] += perf_counter() - start

    setattr(owner, name, lap)
    return lambda: setattr(owner, name, whole)
