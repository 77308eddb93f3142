"""What receipt the sender of a message asks for: whether, signed or not, over which digest, where.

Source: RFC 4130, sections 7.1 to 7.3; RFC 8098, section 2.2.
"""

from msgspec import Struct

from drawbar.connectors.as2.entity import Headers, one
from drawbar.connectors.as2.mic import algorithm_of

TO, OPTIONS, POST_TO = (
    "Disposition-Notification-To",
    "Disposition-Notification-Options",
    "Receipt-Delivery-Option",
)
DEFAULT_ALGORITHM = "sha-256"


class Asking(Struct, frozen=True, kw_only=True):
    """A wish for a receipt. ``post_to`` is empty for one in the answer itself.

    ``algorithm`` is spelled as the sender spells it, empty where it insists on one that we do not
    speak.
    """

    wanted: bool = False
    signed: bool = False
    algorithm: str = ""
    post_to: str = ""


def asked(headers: Headers) -> Asking:
    """Return what receipt a message asks for."""
    options = _options(one(headers, OPTIONS) or "")
    return Asking(
        wanted=bool(one(headers, TO)),
        signed="signed-receipt-protocol" in options,
        algorithm=_algorithm(options.get("signed-receipt-micalg", ["optional"])),
        post_to=(one(headers, POST_TO) or "").strip(),
    )


def wish(*, signed: bool, algorithm: str) -> str:
    """Return the options that ask for a receipt over this digest."""
    told = f"signed-receipt-micalg=optional, {algorithm}"
    return f"signed-receipt-protocol=optional, pkcs7-signature; {told}" if signed else told


def _options(text: str) -> dict[str, list[str]]:
    """Return what each option says: first whether it must be, then values in order of wish."""
    cut = [part.partition("=") for part in text.split(";") if "=" in part]
    return {
        name.strip().lower(): [value.strip() for value in values.split(",")]
        for name, _, values in cut
    }


def _algorithm(said: list[str]) -> str:
    spoken = [spelling for spelling in said[1:] if algorithm_of(spelling)]
    if spoken:
        return spoken[0]
    insists = said[0].lower() == "required" and len(said) > 1
    return "" if insists else DEFAULT_ALGORITHM
