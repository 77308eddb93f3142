"""Which names we answer to: a page elsewhere must not reach us under a name of its own."""

from collections.abc import Collection, Iterable

from drawbar.web.problem import Refusal, problem


def refuse_foreign_host(headers: Iterable[tuple[bytes, bytes]], *, ours: Collection[str]) -> None:
    """Raise ``Refusal`` (421) unless the one ``Host`` header is a name of ours (DNS rebinding)."""
    named = [value.decode("latin-1").lower() for key, value in headers if key == b"host"]
    if len(named) != 1 or _without_port(named[0]) not in ours:
        raise Refusal(problem(421, "wrong-host", "This server has no such name."))


def refuse_foreign_origin(headers: Iterable[tuple[bytes, bytes]]) -> None:
    """Raise ``Refusal`` (403) for a form that a page of another origin sent (CSRF)."""
    said = {key: value.decode("latin-1").lower() for key, value in headers}
    origin, host = said.get(b"origin"), said.get(b"host", "")
    elsewhere = said.get(b"sec-fetch-site", "same-origin") not in {"same-origin", "none"}
    if elsewhere or origin not in {None, f"http://{host}", f"https://{host}"}:
        raise Refusal(problem(403, "not-from-here", "This form was not sent from a page of ours."))


def _without_port(host: str) -> str:
    bare, _, port = host.rpartition(":")
    return bare if bare and port.isdigit() else host
