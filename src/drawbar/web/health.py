"""Whether this process lives, and whether it can do its work: for whoever watches it."""

from litestar import get
from msgspec import Struct

from drawbar.records.desk.reads import is_answering
from drawbar.web.auth.policy import open_to_all
from drawbar.web.given import GivenReads
from drawbar.web.problem import Refusal, problem


class Health(Struct, frozen=True):
    """``ok`` and nothing else: what is wrong is for the log."""

    status: str


@get("/healthz", **open_to_all("a watchdog has no key, and learns nothing else"))
def is_alive() -> Health:
    """Answer as long as the process does."""
    return Health("ok")


@get("/readyz", **open_to_all("a watchdog has no key, and learns nothing else"))
def is_ready(reads: GivenReads) -> Health:
    """Answer ok when the database answers, else 503."""
    if not is_answering(reads):
        raise Refusal(problem(503, "not-ready", "The database does not answer."))
    return Health("ok")
