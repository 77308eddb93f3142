"""The description of the API for machines: OpenAPI 3.1, written once and compared in the tests.

Routes come from the handlers, the shapes of bodies and answers from their types.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from litestar import Litestar
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from drawbar.web.api.v1.routes import API, SHAPES
from drawbar.web.given import GIVEN
from drawbar.web.problem import Problem

_ABOUT = """\
Business verbs of Drawbar. Money is an amount as a string with its currency; a JSON number is \
refused. Instants say their offset. Unknown fields and parameters are refused. Every error is a \
problem document (RFC 9457). Send an `Idempotency-Key`: the same key with the same bytes gets the \
first answer again.
"""

_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Without one, the same bytes are the same message.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$"},
}


def _own_name(handler: HTTPRouteHandler) -> str:
    """Return what we call a handler; two methods of one path may hide it behind a wrapper."""
    own: Any = handler.fn
    while hasattr(own, "func"):
        own = own.func
    return str(own.__name__)


OPENAPI = OpenAPIConfig(
    title="Drawbar",
    version="1",
    description=_ABOUT,
    components=Components(
        security_schemes={
            "api_key": SecurityScheme(
                type="http",
                scheme="bearer",
                bearer_format="drawbar_<id>_<secret>",
                description="An API key made with `drawbar keys`.",
            )
        }
    ),
    operation_id_creator=lambda handler, _method, _path: _own_name(handler),
    use_handler_docstrings=True,
    render_plugins=(),
)


def openapi_document() -> bytes:
    """Return the description of version 1, the same bytes for the same code."""
    app = Litestar(
        route_handlers=API,
        dependencies={name: _stand_in() for name in GIVEN},
        openapi_config=OPENAPI,
        logging_config=None,
    )
    document: dict[str, Any] = app.openapi_schema.to_schema()
    document["components"]["schemas"] = _shapes((*SHAPES, Problem))
    _describe_idempotency(document)
    text = msgspec.json.format(msgspec.json.encode(document, order="sorted"), indent=2)
    return text + b"\n"


def _stand_in() -> Provide:
    """Stand in for what a running application gives its routes; nothing is ever asked here."""
    return Provide(lambda: None, sync_to_thread=False)


def _describe_idempotency(document: dict[str, Any]) -> None:
    """Add the header that every route with a body takes; handlers never read it themselves."""
    for methods in document["paths"].values():
        for operation in methods.values():
            if "requestBody" in operation:
                operation.setdefault("parameters", []).append(_IDEMPOTENCY_KEY)


def _shapes(types: Iterable[type]) -> dict[str, Any]:
    """Return the exact schemas: bounds, patterns, and that unknown fields are refused."""
    _, found = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    return found
