"""Hold a set against its definition: what is missing, too long, not a date, not a known code."""

from collections.abc import Iterator
from itertools import chain

from drawbar.edi.document import TransactionSet
from drawbar.edi.finding import Finding, FindingCode
from drawbar.edi.limit import Findings, Limits
from drawbar.edi.meaning import found
from drawbar.edi.segment import Segment
from drawbar.edi.value import is_date, is_number, is_time
from drawbar.edi.x12.definition import Element, Kind, LoopUse, Need, Rule, SegmentDefinition
from drawbar.edi.x12.release import Release, release_for
from drawbar.edi.x12.structure import Loop, structure


def check(item: TransactionSet) -> tuple[Finding, ...]:
    """Return what is wrong with a set by its definition; counts and envelopes are ``read``'s."""
    return structured(item)[1]


def structured(item: TransactionSet) -> tuple[Loop, tuple[Finding, ...]]:
    """Return a set as a tree of loops, with everything that ``check`` finds."""
    release = release_for(item.version)
    header = item.segments[0]
    findings = list(_version_findings(item, release, header))
    limit = Findings(Limits().findings_max)
    definition = release.sets.get(item.code)
    if definition is None:
        loop = Loop(LoopUse("set", Need.MANDATORY, 1, ()), list(item.segments))
        return loop, (*findings, found(FindingCode.SET_UNKNOWN, header, 1, actual=item.code))
    tree = structure(item.segments, definition, release)
    forms = release.forms
    odd = (
        one for one in item.segments if one.tag in forms and not forms[one.tag].fits(one.elements)
    )
    checked = (each for part in odd for each in check_segment(part, release))
    for finding in chain(tree.findings, checked):
        limit.add(findings, finding)
    return tree.root, tuple(sorted(findings, key=lambda finding: finding.index))


def check_segment(item: Segment, release: Release) -> Iterator[Finding]:
    """Yield what is wrong with the elements of one segment. An unknown segment has none."""
    definition = release.segments.get(item.tag)
    if definition is None:
        return
    if len(item.elements) > len(definition.uses) and any(item.elements[len(definition.uses) :]):
        number = len(definition.uses) + 1
        yield found(FindingCode.ELEMENT_SURPLUS, item, number, actual=item.get(number))
    for number, use in enumerate(definition.uses, start=1):
        text = item.get(number)
        if text:
            yield from _check_element(item, number, use.element, release)
        elif use.need is Need.MANDATORY:
            yield found(FindingCode.ELEMENT_MISSING, item, number, expected=use.element.name)
    yield from _check_rules(item, definition)


def _version_findings(item: TransactionSet, release: Release, header: Segment) -> Iterator[Finding]:
    if item.version[:6] != release.version:
        code = FindingCode.VERSION_ASSUMED
        yield found(code, header, expected=release.version, actual=item.version)


def _check_element(
    item: Segment, number: int, element: Element, release: Release
) -> Iterator[Finding]:
    text = item.get(number)
    if element.kind is Kind.COMPOSITE or element.name == "any":
        return
    length = _length(text, element.kind)
    if length > element.longest:
        yield found(
            FindingCode.ELEMENT_TOO_LONG, item, number, expected=element.longest, actual=text
        )
    elif length < element.shortest:
        yield found(
            FindingCode.ELEMENT_TOO_SHORT, item, number, expected=element.shortest, actual=text
        )
    bad = _bad(text, element.kind)
    if bad:
        yield found(bad, item, number, expected=element.kind, actual=text)
    if element.codes and text.strip() not in release.codes[element.codes]:
        yield found(FindingCode.CODE_UNKNOWN, item, number, expected=element.name, actual=text)


def _length(text: str, kind: Kind) -> int:
    """Return the length that counts: without a sign, and without a decimal point."""
    if kind in {Kind.N0, Kind.N2, Kind.R}:
        return len(text) - text.startswith("-") - (text.count(".") if kind is Kind.R else 0)
    return len(text)


def _bad(text: str, kind: Kind) -> FindingCode | None:
    """Return what is wrong with the form of ``text``, None when nothing is."""
    match kind:
        case Kind.N0 | Kind.N2:
            has_point = kind is Kind.N2 and is_number(text, point=True) and "." in text
            if has_point:
                return FindingCode.AMOUNT_HAS_POINT
            return None if is_number(text, point=False) else FindingCode.NUMBER_BAD
        case Kind.R:
            return None if is_number(text, point=True) else FindingCode.NUMBER_BAD
        case Kind.DT:
            return None if is_date(text) else FindingCode.DATE_BAD
        case Kind.TM:
            return None if is_time(text) else FindingCode.TIME_BAD
        case _:
            return None if text.isprintable() else FindingCode.CHARACTER_BAD


def _check_rules(item: Segment, definition: SegmentDefinition) -> Iterator[Finding]:
    for rule in definition.rules:
        present = [bool(item.get(number)) for number in rule.elements]
        if not _holds(rule, present):
            excluded = rule.kind == "E"
            code = FindingCode.EXCLUSION_VIOLATED if excluded else FindingCode.CONDITION_UNMET
            number = _missing(rule, present)
            numbers = " ".join(f"{item.tag}{each:02d}" for each in rule.elements)
            yield found(code, item, number, expected=f"{rule.kind} {numbers}")


def _holds(rule: Rule, present: list[bool]) -> bool:
    match rule.kind:
        case "P":
            return all(present) or not any(present)
        case "R":
            return any(present)
        case "E":
            return sum(present) <= 1
        case "C":
            return not present[0] or all(present)
        case _:
            return not present[0] or any(present[1:])


def _missing(rule: Rule, present: list[bool]) -> int:
    """Return the element to name: the first that is absent, or for E the last that is there."""
    pairs = list(zip(rule.elements, present, strict=True))
    if rule.kind == "E":
        return [number for number, there in pairs if there][-1]
    return next((number for number, there in pairs if not there), rule.elements[0])
