"""The secrets of a company folder: named there by their variables, never written in it."""

from collections.abc import Iterator, Mapping

from drawbar.cli.company.draft import Draft


def secrets_missing(draft: Draft, environ: Mapping[str, str]) -> list[str]:
    """Return the variables that the systems name for their secrets and that are not set."""
    named = {name for system in draft.systems for name in _secret_names(system.value)}
    return sorted(name for name in named if not environ.get(name))


def _secret_names(described: object) -> Iterator[str]:
    if not isinstance(described, dict):
        return
    for name, value in described.items():
        if name.endswith("_env") and isinstance(value, str) and value:
            yield value
        yield from _secret_names(value)
