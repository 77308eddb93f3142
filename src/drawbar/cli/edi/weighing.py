"""How strict to be with a partner's findings: which of them refuse a file, and which are told."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from enum import StrEnum

from msgspec import Struct, structs

from drawbar.edi import Finding, FindingCode, Severity, weigh_by_table


class Measure(StrEnum):
    """What weighs how, before single codes are weighed otherwise."""

    TABLE = "table"  # as our table has it: what it calls an error refuses
    STRICT = "strict"  # warnings refuse too
    LENIENT = "lenient"  # only what cannot be read at all refuses


UNREADABLE = frozenset(
    {
        FindingCode.NO_INTERCHANGE,
        FindingCode.HEADER_CUT,
        FindingCode.LIMIT_REACHED,
        FindingCode.DELIMITER_CLASH,
    }
)
"""What leaves no message to speak of, or only a part of it."""


class UnknownCode(ValueError):
    """A finding code that there is not; the text names the nearest."""


class TwiceWeighed(ValueError):
    """One code is both to be refused and to be let pass. Say which."""


class Strictness(Struct, frozen=True, kw_only=True):
    """A measure for all codes, and the codes that are weighed otherwise."""

    measure: Measure = Measure.TABLE
    codes: Mapping[str, Severity] = {}

    def weigh(self, finding: Finding) -> Severity:
        """Return what a finding weighs: an error refuses, a warning is told, a note is harmless."""
        stated = self.codes.get(finding.code)
        if stated is not None:
            return stated
        match self.measure:
            case Measure.STRICT if finding.severity is Severity.WARNING:
                return Severity.ERROR
            case Measure.LENIENT if finding.severity is Severity.ERROR:
                return Severity.ERROR if finding.code in UNREADABLE else Severity.WARNING
            case _:
                return finding.severity

    def weigh_receipt(self, finding: Finding) -> Severity:
        """Weigh for a receipt: what only says that our tables are incomplete is not mentioned."""
        if finding.code in self.codes:
            return self.weigh(finding)
        return self.weigh(structs.replace(finding, severity=weigh_by_table(finding)))

    def refuses(self, finding: Finding) -> bool:
        """Say whether a finding refuses what it was found in."""
        return self.weigh(finding) is Severity.ERROR


def strictness(
    measure: Measure,
    *,
    reject: Collection[str] = (),
    warn: Collection[str] = (),
    accept: Collection[str] = (),
) -> Strictness:
    """Return how strict to be. Raise ``UnknownCode`` or ``TwiceWeighed``."""
    codes: dict[str, Severity] = {}
    wishes = ((reject, Severity.ERROR), (warn, Severity.WARNING), (accept, Severity.NOTE))
    for wished, severity in wishes:
        for code in wished:
            known = _known(code)
            if codes.get(known, severity) is not severity:
                raise TwiceWeighed(f"{known} is weighed twice; say once what it weighs")
            codes[known] = severity
    return Strictness(measure=measure, codes=codes)


def _known(code: str) -> FindingCode:
    plain = code.strip().lower().replace("-", "_")
    try:
        return FindingCode(plain)
    except ValueError:
        near = get_close_matches(plain, list(FindingCode), n=1)
        hint = f"; the nearest is {near[0]}" if near else ""
        message = f"{code!r} is no finding code{hint}. docs/edi.md lists them"
        raise UnknownCode(message) from None
