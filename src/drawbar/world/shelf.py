"""Files that whoever watches a folder sees whole or not at all."""

from pathlib import Path


def lay_out(folder: Path, name: str, body: bytes) -> None:
    """Write a file by rename; the same name again replaces it."""
    half = folder / f".{name}.part"
    half.write_bytes(body)
    half.rename(folder / name)


def lying_in(folder: Path) -> list[Path]:
    """Return the whole files of a folder, by their names."""
    return sorted(
        file for file in folder.iterdir() if not file.name.startswith(".") and file.is_file()
    )
