"""The 820 as any payer writes it: one payment and the items that it is for.

Source: X12 transaction set 820, release 004010, restated. RMR04 is what is paid, RMR05 the invoice
before discount, RMR06 the discount taken; amounts have their own point and sign.
"""

from collections.abc import Iterable, Iterator

from drawbar.edi.remittance_advice import (
    RemittanceAdjustment,
    RemittanceAdvice,
    RemittanceEntity,
    RemittanceItem,
)
from drawbar.edi.segment import Segment
from drawbar.edi.x12 import detail_general as general
from drawbar.edi.x12 import detail_reader as read
from drawbar.edi.x12.detail_builder import build_notes
from drawbar.edi.x12.line import Line, merged
from drawbar.edi.x12.structure import Loop
from drawbar.edi.x12.wrap import Body

BPR = Line(
    "BPR",
    "handling total:decimal sign method format - payer_bank - payer_account - - - payee_bank - "
    "payee_account paid_on:date",
)
TRN = Line("TRN", "trace_kind trace")
CUR = Line("CUR", "currency_role currency")
ENT = Line("ENT", "number:whole role id_qualifier id")
ADX = Line("ADX", "amount:decimal reason reference_qualifier reference")
RMR = Line(
    "RMR",
    "reference_qualifier reference action paid:decimal billed:decimal discount:decimal "
    "adjustment_reason adjustment:decimal",
)


def parse_remittance_advice(root: Loop) -> RemittanceAdvice:
    """Return the payment that an 820 states."""
    head = (BPR.read(root.first("BPR")), TRN.read(root.first("TRN")), CUR.read(root.first("CUR")))
    return RemittanceAdvice(
        **merged(*head),
        references=general.references(root),
        moments=general.moments(root),
        parties=general.parties(root),
        entities=tuple(_entity(loop) for loop in root.inside("entity")),
        items=_items(root),
        adjustments=_adjustments(root),
    )


def _entity(loop: Loop) -> RemittanceEntity:
    return RemittanceEntity(
        **ENT.read(loop.first("ENT")),
        people=general.people(loop),
        adjustments=_adjustments(loop),
        items=_items(loop),
    )


def _adjustments(loop: Loop) -> tuple[RemittanceAdjustment, ...]:
    return tuple(
        RemittanceAdjustment(
            **ADX.read(inner.first("ADX")),
            references=general.references(inner),
            notes=read.notes(inner),
        )
        for inner in loop.inside("adjustment")
    )


def _items(loop: Loop) -> tuple[RemittanceItem, ...]:
    return tuple(
        RemittanceItem(
            **RMR.read(inner.first("RMR")),
            references=general.references(inner),
            moments=general.moments(inner),
            notes=read.notes(inner),
            adjustments=_adjustments(inner),
        )
        for inner in loop.inside("item")
    )


def build_remittance_advice(advice: RemittanceAdvice) -> Body:
    """Return the segments of an 820."""
    return Body("820", tuple(_build(advice)))


def _build(advice: RemittanceAdvice) -> Iterator[Segment]:
    yield BPR.write(advice)
    yield from (line for line in (TRN.write(advice), CUR.write(advice)) if line.elements)
    yield from general.build_references(advice.references)
    yield from general.build_moments(advice.moments)
    yield from general.build_general_parties(advice.parties)
    yield from _build_adjustments(advice.adjustments)
    yield from _build_items(advice.items)
    for entity in advice.entities:
        yield ENT.write(entity)
        yield from general.build_people(entity.people)
        yield from _build_adjustments(entity.adjustments)
        yield from _build_items(entity.items)


def _build_adjustments(items: Iterable[RemittanceAdjustment]) -> Iterator[Segment]:
    for item in items:
        yield ADX.write(item)
        yield from build_notes(item.notes)
        yield from general.build_references(item.references)


def _build_items(items: Iterable[RemittanceItem]) -> Iterator[Segment]:
    for item in items:
        yield RMR.write(item)
        yield from build_notes(item.notes)
        yield from general.build_references(item.references)
        yield from general.build_moments(item.moments)
        yield from _build_adjustments(item.adjustments)
