"""A request whose JSON body is read strictly, once, into the type that its route declares.

A number is not a string, an unknown field is an error, and the bytes stay as they came.
"""

from functools import cache
from typing import Any

import msgspec
from litestar import Request
from litestar.datastructures import State

from drawbar.web.auth.caller import Caller
from drawbar.web.problem import Refusal, problem
from drawbar.web.unfit import body_problem


class StrictRequest(Request[Caller, None, State]):
    """Reads JSON without any coercion. Raises ``Refusal``: 400, 415 or 422."""

    async def json(self) -> Any:
        """Return the body as the route's type."""
        if self.content_type[0] != "application/json":
            raise Refusal(
                problem(415, "not-json", "Send the body as Content-Type: application/json.")
            )
        field = self.route_handler.parsed_data_field
        assert field is not None
        try:
            return _decoder(field.annotation).decode(await self.body())
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Refusal(body_problem(error)) from error


@cache
def _decoder(shape: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(shape, strict=True)
