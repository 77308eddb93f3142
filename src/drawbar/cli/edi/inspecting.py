"""``drawbar edi inspect``: what files hold, for people or for programs."""

from collections.abc import Iterable, Sequence

import click

from drawbar.cli.edi.listing import json_lines, listed
from drawbar.cli.edi.taken import Unreadable, take_all
from drawbar.cli.edi.view import View, Wish
from drawbar.cli.edi.weighing import Strictness
from drawbar.cli.options import NOT_FOUND, OK, VALIDATION, counted, say


def list_files(files: Sequence[str], charset: str, strictness: Strictness | None = None) -> int:
    """Print one JSON object of every interchange; return the exit code.

    With ``strictness`` a finding that refuses makes it 4.
    """
    unreadable: list[Unreadable] = []
    weigh = (strictness or Strictness()).weigh
    refused = False

    def entries() -> Iterable[object]:
        nonlocal refused
        for one in take_all(files, charset, unreadable):
            entry = listed(one, weigh, with_file=len(files) > 1)
            refused = refused or entry.is_refused
            yield entry

    for line in json_lines("interchanges", entries()):
        click.echo(line)
    code = told(unreadable)
    return VALIDATION if strictness is not None and refused else code


def show_files(files: Sequence[str], charset: str, wish: Wish) -> int:
    """Print every interchange, segment by segment; return the exit code."""
    unreadable: list[Unreadable] = []
    view = View(wish, click.echo)
    interchanges = 0
    for one in take_all(files, charset, unreadable):
        if interchanges:
            click.echo("")
        interchanges += 1
        view.show(one)
    for text in view.left_out():
        say(text)
    if interchanges:
        say(
            f"{counted(interchanges, 'interchange')}, {counted(view.sets, 'set')}, "
            f"{counted(view.findings, 'finding')}."
        )
    if wish.only_set and not view.sets and interchanges:
        say(f"No set has the number {wish.only_set}.")
        return NOT_FOUND
    return told(unreadable)


def told(unreadable: Sequence[Unreadable]) -> int:
    """Say of each file why it could not be read; return the exit code that this makes."""
    for error in unreadable:
        say(str(error))
    if not unreadable:
        return OK
    return NOT_FOUND if all(error.is_missing for error in unreadable) else VALIDATION
