"""``drawbar init``: a complete example firm, commented, to be changed into one's own."""

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import click

from drawbar.cli.options import CONFLICT, fail, json_option, say

EXAMPLE = "example"


@click.command(epilog="Nothing that is there is overwritten.")
@click.argument("folder", type=click.Path(path_type=Path))
@json_option
def init(folder: Path, as_json: bool) -> None:
    """Write a company folder with every option of a contract shown and explained.

    It can be worked with as it is: drawbar up --company FOLDER
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        fail(f"{folder} is there already and not empty. Name a new folder.", code=CONFLICT)
    written = list(write_example(folder))
    if as_json:
        from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast

        show_json([str(path) for path in written])
    else:
        click.echo("\n".join(map(str, written)))
    say(f"{len(written)} files. Next: drawbar check {folder}")


def write_example(folder: Path) -> Iterator[Path]:
    """Write the example firm with its schemas; yield each file. The folder is new or empty."""
    from drawbar.cli.company.schemas import company_schemas  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.schemas import as_text  # noqa: PLC0415

    with as_file(files("drawbar.cli") / EXAMPLE) as example:
        for source in sorted(example.rglob("*")):
            if source.is_file():
                yield _copy(source, folder / source.relative_to(example), folder)
    for name, schema in company_schemas().items():
        path = folder / "schemas" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_text(schema))
        yield path
    for name in ("abcd/from-carrier", "abcd/to-carrier", "abcd/read", "abcd/notices"):
        (folder / "mail" / name).mkdir(parents=True, exist_ok=True)
    for name in ("from-carrier", "to-carrier", "read"):
        (folder / "mail" / "northlake" / name).mkdir(parents=True, exist_ok=True)


def _copy(source: Path, target: Path, folder: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    text = source.read_text(encoding="utf-8")
    if target.parent.name == "systems":
        text = text.replace("{folder}", str(folder.resolve()))
    target.write_text(text, encoding="utf-8")
    return target
