"""``drawbar import`` on the firm's own database: what a file says goes through the one loop."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from drawbar.cli.import_ import import_command
from drawbar.cli.options import the_firm

if TYPE_CHECKING:
    from drawbar.cli.import_door import EngineDoor
    from drawbar.connectors.reading import Readers


@contextmanager
def open_door(readers: "Readers") -> "Iterator[EngineDoor]":
    """Open the firm that the command names, with readers for the channels of the import."""
    from drawbar.cli.import_door import EngineDoor  # noqa: PLC0415 - --help stays fast

    told = click.get_current_context().params
    with the_firm(told["company"], told["database"], readers=readers) as firm:
        yield EngineDoor(firm.engine)


import_file = import_command(open_door)
