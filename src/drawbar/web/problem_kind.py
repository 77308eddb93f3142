"""The kinds of problem there are, each with what it means and what to do about it."""

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "unknown": "There is no such thing, or it is not for you to know. Check the reference.",
    "wrong-method": "The address is right and the method is not. See /openapi.json.",
    "too-large": "Send less at once: several messages instead of one.",
    "not-json": "Send JSON, and say so: Content-Type: application/json.",
    "not-readable": "The body breaks off or is no JSON. Nothing of it was kept.",
    "unfit-body": "The body is JSON and breaks its contract at the place named. Nothing was kept.",
    "unfit-form": "A field of the form is missing or is not what it must be. Nothing was done.",
    "not-a-form": "A page's form is sent as a browser sends it. Programs use the API under /v1.",
    "unfit-parameter": "A header, a filter or a cursor is not what it must be.",
    "conflict": "Something else was said before under the same key or number. The first stands.",
    "wrong-state": "It does not fit how the thing stands now. The detail says how that is.",
    "not-known": "No key or session came, or one that does not work (any more). A key is for one "
    "database: drawbar keys create --database NAME makes it for the one that is served.",
    "not-allowed": "The role of the key or session may not do this. Ask for another role.",
    "beyond-limit": "It is more than one person, or this one, may approve. Another must decide.",
    "not-yours": "A carrier's key speaks for that carrier only.",
    "not-from-here": "A form acts only from the page that it was shown on. Open the page again.",
    "wrong-host": "The request was meant for a server of another name.",
    "link-used": "A login link works once, and for half an hour.",
    "too-fast": "Slow down; Retry-After says for how long.",
    "not-ready": "The server cannot do its work just now. Try again in a while.",
    "database-away": "The database does not answer now. Ask again in a moment; with the same"
    " Idempotency-Key that is harmless.",
    "fault": "A fault of ours. Asking again with the same Idempotency-Key is harmless.",
    "refused": "The request could not be taken as it was.",
}
