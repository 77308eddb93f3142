"""What is wrong with a body, in words that lead to a right one."""

import re

import msgspec

from drawbar.web.problem import Flaw, Problem, problem

_PLACED = re.compile(r"(?P<message>.*?) - at `(?P<path>[^`]*)`", re.DOTALL)
_REMEDIES = (
    (r"unknown field", "Remove the field, or look up its name in docs/openapi.json."),
    (r"missing required field", "Add the field."),
    (r"Expected `str`, got `(int|float)`", 'Write it as a string, such as "412.50".'),
    (r"timezone component", "Add the zone, such as 2026-11-23T08:00:00-06:00 or …Z."),
    (r"Invalid RFC3339", "Write an instant such as 2026-11-23T08:00:00-06:00."),
    (r"Invalid enum value", "Use one of the values listed in docs/openapi.json."),
    (r"matching regex", "Write it in the form that docs/openapi.json gives."),
    (r"cannot be paid", "Round it to the smallest amount of its currency, as it is to be paid."),
    (r"length", "Keep to the lengths in docs/openapi.json."),
    (r"", "See docs/openapi.json for what is expected here."),
)


def body_problem(error: Exception) -> Problem:
    """Return 422 for a body that breaks its contract, 400 for one that is no JSON at all."""
    if isinstance(error, msgspec.ValidationError):
        return problem(422, "unfit-body", "The body does not fit its contract.", _flaw(str(error)))
    return problem(400, "not-readable", f"The body is no JSON that can be read: {error}")


def _flaw(text: str) -> Flaw:
    placed = _PLACED.fullmatch(text)
    message, path = (placed["message"], placed["path"]) if placed else (text, "$")
    remedy = next(says for pattern, says in _REMEDIES if re.search(pattern, message))
    return Flaw(path=path, message=message, remedy=remedy)
