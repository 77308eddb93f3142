"""Files and functions stay small enough to be read: a limit, not an aim."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(ROOT.glob("src/**/*.py"))
TESTS = sorted(ROOT.glob("tests/**/*.py"))


def too_long(paths: list[Path], limit: int) -> list[str]:
    lengths = {path: len(path.read_text().splitlines()) for path in paths}
    return [f"{path.relative_to(ROOT)}: {n}" for path, n in lengths.items() if n > limit]


def functions(path: Path) -> list[tuple[str, int]]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kinds)]
    return [(node.name, (node.end_lineno or 0) - node.lineno + 1) for node in nodes]


@pytest.mark.parametrize(("paths", "limit"), [(SOURCES, 300), (TESTS, 400)], ids=["src", "tests"])
def test_no_file_needs_scrolling_for_long(paths: list[Path], limit: int):
    assert paths
    assert too_long(paths, limit) == []


def test_no_function_is_longer_than_a_screen():
    long = [f"{path.name}:{name}" for path in SOURCES for name, n in functions(path) if n > 50]

    assert long == []


def test_the_repository_names_no_machine_and_no_registry():
    words = (
        "/wo" + "rk/",
        "/fa" + "rm/",
        "python" + "hosted",
        "registry." + "npm",
        "deb." + "debian",
    )
    kinds = {".py", ".md", ".toml", ".lock", ".yaml", ".sql", ".json", ".html", ".css", ""}
    skipped = {".git", ".venv", "node_modules", ".mypy_cache", ".ruff_cache", ".hypothesis"}
    found = [
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*")
        if path.is_file()
        and path.suffix in kinds
        and not skipped & set(path.relative_to(ROOT).parts)
        and any(word in path.read_text(errors="ignore") for word in words)
    ]

    assert found == []
