"""A person's word on the command line, taken in by the same door as the API's."""

from collections.abc import Callable
from secrets import token_bytes
from typing import TYPE_CHECKING, NoReturn, TypeVar
from uuid import uuid4

from msgspec import Struct, json

from drawbar.cli.options import AUTH, CONFLICT, NOT_FOUND, VALIDATION, fail
from drawbar.web.api.v1.inbound import Inbound, TakenV1
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.role import Role
from drawbar.web.auth.secret import BYTES_MIN, Secret
from drawbar.web.problem import Refusal
from drawbar.web.settings import WebSettings

if TYPE_CHECKING:
    from drawbar.cli.firm import Firm

Word = TypeVar("Word", bound=Struct)
UNFIT = 422
"""Of a body; on a command line there is none, so only what is wrong in it is told."""
_CODES = {403: AUTH, 404: NOT_FOUND, 409: CONFLICT}


def speak(
    firm: "Firm",
    by: str,
    told: Word,
    take: Callable[[Word, Inbound], TakenV1],
    *,
    role: Role = Role.ADMIN,
) -> TakenV1:
    """Take in what ``by`` says; a refusal ends the command with its own words."""
    inbound = Inbound(
        body=json.encode(told),
        key=f"key:{uuid4().hex}",
        caller=Caller(name=by, role=role),
        engine=firm.engine,
        reads=firm.reads,
        settings=WebSettings(
            secret=Secret(token_bytes(BYTES_MIN)),  # seals nothing here: no key, no session
            company=firm.folder.company,
            clock=firm.engine.clock,
        ),
    )
    try:
        taken = take(told, inbound)
    except Refusal as refusal:
        _end(refusal)
    firm.engine.run_until_idle()
    return taken


def _end(refusal: Refusal) -> NoReturn:
    said = refusal.problem
    flaws = [text for one in said.errors for text in (one.message, one.remedy)]
    detail = [] if flaws and said.status == UNFIT else [said.detail]
    told = dict.fromkeys(text.rstrip(".") for text in (*detail, *flaws) if text)
    fail(" ".join(f"{text}." for text in told), code=_CODES.get(said.status, VALIDATION))
