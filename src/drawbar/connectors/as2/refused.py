"""Why a message is refused, in the words that the far side's receipt will show.

Source: RFC 4130, section 7.4.3; RFC 5402 for decompression.
"""

from enum import StrEnum


class Why(StrEnum):
    """The modifiers of a receipt that says no."""

    AUTHENTICATION = "authentication-failed"
    DECOMPRESSION = "decompression-failed"
    DECRYPTION = "decryption-failed"
    SECURITY = "insufficient-message-security"
    INTEGRITY = "integrity-check-failed"
    UNEXPECTED = "unexpected-processing-error"
    FORMAT = "unsupported format"
    MIC_ALGORITHMS = "unsupported MIC-algorithms"

    @property
    def disposition(self) -> str:
        """Return what a receipt says: an error of this message, or a failure to speak its form."""
        if self in {Why.FORMAT, Why.MIC_ALGORITHMS}:
            return f"failed/Failure: {self.value}"
        return f"processed/Error: {self.value}"


class Refused(ValueError):
    """A message that counts for nothing. ``why`` goes to the far side, the text to our people.

    Ask the partner to mend what the text names and to send again.
    """

    def __init__(self, why: Why, text: str) -> None:
        """Refuse for one reason."""
        super().__init__(f"{why.value}: {text}")
        self.why, self.text = why, text
