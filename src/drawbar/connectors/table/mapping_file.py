"""A mapping as a person writes it, in YAML: read whole, and refused with the place that is wrong.

Every word stays text until the mapping says what it is: 24.10 stays exact, and NO is Norway.
"""

import msgspec
import yaml

from drawbar.connectors.table.manifest import HistoryTable, OrderTable, Table

_TABLE = HistoryTable | OrderTable


class UnreadableMapping(ValueError):
    """The mapping does not say what it must. The message names the place; correct it there."""


def read_mapping(text: str) -> Table:
    """Return the mapping. Raise ``UnreadableMapping``."""
    try:
        # BaseLoader leaves every word a string, and builds no objects.
        told = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError as error:
        raise UnreadableMapping(f"not YAML: {error}") from error
    try:
        table: Table = msgspec.convert(told, _TABLE, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        raise UnreadableMapping(str(error)) from error
    return table
