"""A page and its twin: the same thing as data, under the same address with .json behind it."""

SUFFIX = ".json"


def split(reference: str) -> tuple[str, bool]:
    """Return the reference itself, and whether its twin was asked for."""
    return reference.removesuffix(SUFFIX), reference.endswith(SUFFIX)
