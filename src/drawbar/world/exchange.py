"""One question to a small system, and its answer."""

from typing import Any, TypeVar

import msgspec
from msgspec import Struct

_T = TypeVar("_T")


class LineCut(ConnectionError):
    """The line goes dead: the caller gets no answer and cannot know what was done."""


class Refusal(ValueError):
    """The system understood and refuses, naming the field that it does not like."""

    def __init__(self, code: str, message: str, *, field: str = "", status: int = 422) -> None:
        """Say why, with the HTTP status that this system answers in such a case."""
        super().__init__(message)
        self.code, self.field, self.status = code, field, status

    @property
    def answer(self) -> "Answer":
        """Return the refusal as it goes over the line."""
        error = {"code": self.code, "field": self.field, "message": str(self)}
        return told({"error": error}, status=self.status)


class Request(Struct, frozen=True, kw_only=True):
    """What was asked. ``named`` are the parts of the path that the route left open."""

    method: str
    path: str
    query: dict[str, str] = {}
    body: bytes = b""
    named: dict[str, str] = {}

    def read(self, shape: type[_T]) -> _T:
        """Return the body as ``shape``. Raise ``Refusal`` naming what does not fit."""
        try:
            return msgspec.json.decode(self.body or b"{}", type=shape)
        except msgspec.DecodeError as error:
            message, _, path = str(error).partition(" - at `$")
            field = path.strip(".`")
            raise Refusal("MALFORMED", message, field=field, status=400) from error


class Answer(Struct, frozen=True, kw_only=True):
    """What comes back."""

    status: int = 200
    body: bytes = b"{}"
    content_type: str = "application/json"
    headers: dict[str, str] = {}


def told(value: Any, *, status: int = 200) -> Answer:
    """Return ``value`` as a JSON answer."""
    return Answer(status=status, body=msgspec.json.encode(value))
