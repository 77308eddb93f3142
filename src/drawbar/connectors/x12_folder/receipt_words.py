"""What the codes in a partner's receipt mean, in words that a person can act on.

Source: X12 elements 715 to 723 and I18, release 004010; the words are ours.
"""

from collections.abc import Mapping

SEGMENT: Mapping[str, str] = {
    "1": "segment not known",
    "2": "segment not expected here",
    "3": "mandatory segment missing",
    "4": "loop repeated too often",
    "5": "segment repeated too often",
    "6": "segment not in its set",
    "7": "segment out of order",
    "8": "errors in its elements",
    "I4": "segment against the implementation guide",
    "I6": "segment required by the implementation guide is missing",
}
"""AK304, IK304."""

ELEMENT: Mapping[str, str] = {
    "1": "mandatory and empty",
    "2": "lacking beside another that is there",
    "3": "one element too many",
    "4": "too short",
    "5": "too long",
    "6": "a character that is not allowed",
    "7": "a code that is not known",
    "8": "not a date",
    "9": "not a time",
    "10": "excluded by another that is there",
    "12": "repeated too often",
    "13": "one component too many",
}
"""AK403, IK403."""

SET: Mapping[str, str] = {
    "1": "set not supported",
    "2": "its end is missing",
    "3": "control numbers of head and end differ",
    "4": "the count of segments is wrong",
    "5": "one or more segments in error",
    "6": "the identifier of the set is missing or wrong",
    "7": "its control number is missing or wrong",
}
"""AK502, IK502."""

GROUP: Mapping[str, str] = {
    "1": "type of group not supported",
    "2": "version of the group not supported",
    "3": "its end is missing",
    "4": "control numbers of head and end differ",
    "5": "the count of sets is wrong",
    "6": "its control number is wrong",
}
"""AK905."""

ENVELOPE: Mapping[str, str] = {
    "001": "control numbers of ISA and IEA differ",
    "005": "sender's qualifier not known",
    "006": "sender not known",
    "007": "receiver's qualifier not known",
    "008": "receiver not known",
    "013": "version not supported",
    "014": "date not valid",
    "015": "time not valid",
    "021": "the count of groups is wrong",
    "022": "the structure of the envelope is wrong",
    "023": "the file ends too early",
    "025": "the control number was used before",
}
"""TA105, the usual ones."""


def word_for(code: str, words: Mapping[str, str]) -> str:
    """Return what a code means, with the code; an unknown one alone."""
    bare = code.strip()
    word = words.get(bare)
    return f"{word} ({bare})" if word else f"code {bare}"
