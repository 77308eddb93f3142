"""A partner's file, posted instead of laid into a folder: read the same way, known by the same key.

Sending it again is harmless, also when it came over another wire before: a number of the partner's
with the same content is the same message.
"""

from dataclasses import dataclass, field
from typing import Annotated

from litestar import post
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.params import QueryParameter
from litestar.status_codes import HTTP_202_ACCEPTED

from drawbar.connectors.wire.port import Hearing
from drawbar.engine import Intake, TakenAs
from drawbar.web.api.v1.inbound import Arriving, Inbound, TakenV1
from drawbar.web.api.v1.text import PLAIN, NamePath
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.problem import Flaw, Refusal, problem, unknown

BYTES_MAX = 16 * 1024 * 1024
"""The size of one post: a bill run of some ten thousand sets."""

KINDS = ("application/edi-x12", "application/edifact", "application/octet-stream", "text/plain")


FileName = Annotated[str, QueryParameter(max_length=120, pattern=PLAIN)]


def _body() -> RequestBody:
    text = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
    content = {kind: OpenAPIMediaType(schema=text) for kind in KINDS}
    return RequestBody(content=content, required=True, description="The file, byte by byte.")


@dataclass
class RawPost(Operation):
    """An operation whose body is bytes of any kind."""

    request_body: RequestBody | None = field(default_factory=_body)

    def __post_init__(self) -> None:
        """Say what the body is: the handler takes the bytes themselves."""
        self.request_body = _body()


@post(
    "/v1/partners/{system:str}/edi",
    status_code=HTTP_202_ACCEPTED,
    request_max_body_size=BYTES_MAX,
    operation_class=RawPost,
    **policy(Scope.EDI_POST),
)
def post_edi(system: NamePath, inbound: Arriving, name: FileName = "") -> TakenV1:
    """Post a file as it is, such as an X12 interchange. A carrier posts to its own system only.

    ``name`` is the file's name, for partners whose tables are told apart by it.
    """
    item = _partner(system, inbound).heard(name, _whole(inbound.body))
    intake = Intake(
        channel=item.channel,
        sender=system,
        body=item.body,
        content_type=item.content_type,
        key=item.key,
    )
    (taken,) = inbound.engine.take([intake])
    if taken.outcome is TakenAs.CONFLICTING:
        raise _conflict(taken.message_ref)
    return inbound.answer(taken)


def _partner(system: str, inbound: Inbound) -> Hearing:
    """Return the partner of a system. Raise ``Refusal`` (404), also for that of another carrier."""
    found = inbound.settings.partners.get(system)
    if found is None or inbound.caller.carrier_ref not in {"", found.party_ref}:
        raise unknown("partner")
    return found


def _whole(body: bytes) -> bytes:
    if not body:
        raise Refusal(problem(400, "refused", "The body is empty: send the file as the body."))
    return body


def _conflict(message_ref: str) -> Refusal:
    flaw = Flaw(
        path="$",
        message=f"The first one stands; this one is kept as {message_ref}, not applied.",
        remedy="Send it under a control number of its own.",
    )
    text = "This control number came before with other content."
    return Refusal(problem(409, "conflict", text, flaw))
