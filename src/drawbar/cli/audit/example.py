"""A small folder to audit, with what usually goes wrong in freight bills and what only looks so."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

TABLE_ENDING = ".table"
"""A table that is written as a workbook."""


class FolderInUse(ValueError):
    """The folder holds something already. Name one that does not exist yet."""


def write_example(folder: Path) -> None:
    """Write the example into a new folder. Raise ``FolderInUse``."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUse(f"{folder} holds something already; name a new folder")
    _copy(files("drawbar.cli.audit") / "example_files", folder)


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for one in source.iterdir():
        if one.is_dir():
            _copy(one, target / one.name)
        elif one.name.endswith(TABLE_ENDING):
            _write_book(one.read_text("utf-8"), target / one.name.replace(TABLE_ENDING, ".xlsx"))
        else:
            (target / one.name).write_bytes(one.read_bytes())


def _write_book(text: str, path: Path) -> None:
    """Write rows parted by semicolons as a sheet; figures become figures."""
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415 - only for the example

    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("bills")
        for number, line in enumerate(text.splitlines()):
            for at, cell in enumerate(line.split(";")):
                if cell.replace(".", "", 1).isdecimal() and "." in cell:
                    page.write_number(number, at, float(cell))
                elif cell:
                    page.write_string(number, at, cell)
