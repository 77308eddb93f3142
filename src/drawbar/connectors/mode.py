"""Which flows a system has: the deliveries that it takes, and what is read from it."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from drawbar.connectors.port import Capabilities
from drawbar.connectors.registry import settings_of


def flows_of(system: str, described: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the flows of a system. Nothing is opened. Raises like ``open_system``.

    The settings of a connector stand in its manifest, which also says what they make of it.
    """
    settings = settings_of(system, described)
    found = import_module(type(settings).__module__).capabilities(settings)
    assert isinstance(found, Capabilities), "a manifest says what its system can do"
    return found.kinds | set(found.flows)
