"""A handler is taken to a thread once, also where two methods share a path.

The framework registers the first of them again with the second, and would wrap it again.
"""

from collections.abc import Iterable
from typing import Any

from litestar.routes import HTTPRoute
from litestar.routes.base import BaseRoute
from litestar.utils.sync import AsyncCallable


def taken_once(routes: Iterable[BaseRoute]) -> None:
    """Undo every wrapping but the last of each handler; harmless where there is only one."""
    for route in routes:
        for handler, _ in route.route_handler_map.values() if isinstance(route, HTTPRoute) else ():
            own: Any = handler.fn
            while isinstance(own, AsyncCallable) and isinstance(own.func, AsyncCallable):
                own = own.func
            handler._fn = own  # the framework has no other door to it
