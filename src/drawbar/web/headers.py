"""What every answer says to a browser: nothing from elsewhere, nothing inline, no guessing."""

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from drawbar.web.auth.visitor import TOLD_COOKIE, Visitor

_POLICY = "; ".join(
    (
        "default-src 'self'",
        "font-src 'self' data:",  # the grid's few signs are a font inside its style sheet,
        "img-src 'self' data:",  # and its boxes are drawn as pictures there; neither can act
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


async def add_headers(message: Message, _scope: Scope) -> None:
    """Add our headers to an answer; one that may hold business data is not stored anywhere."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in HEADERS.items():
        headers[name] = value
    headers.setdefault("Cache-Control", "no-store")


async def forget_told(message: Message, scope: Scope) -> None:
    """Take back what became of an action once a page has shown it."""
    if message["type"] != "http.response.start":
        return
    visitor = scope.get("state", {}).get("visitor")
    if isinstance(visitor, Visitor) and visitor.is_told:
        headers = MutableScopeHeaders.from_message(message)
        headers.add("Set-Cookie", f"{TOLD_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=strict")
