"""What is wrong with the fuel surcharge of a contract though each field can be read."""

from collections.abc import Collection, Iterator

from drawbar.cli.company.mistake import Path, unheard_of
from drawbar.cli.company.rule import Judged, warned
from drawbar.cli.company.span import Span, empty, gaps, overlaps
from drawbar.freight.contract import Contract
from drawbar.freight.fuel import FuelTerms

WAYS = ("bands", "steps", "formula")


def fuel_rules(contract: Contract, indices: Collection[str]) -> Iterator[Judged]:
    """Return what is wrong with fuel; ``indices`` are those that the folder has prices of."""
    if contract.fuel and contract.fuel_index:
        what = "The contract has both percents by date and an index."
        yield Judged(("fuel_index",), what, "Keep either fuel or fuel_index.")
    yield from _dated(contract)
    if contract.fuel_index is not None:
        yield from _by_index(contract.fuel_index, indices)


def _dated(contract: Contract) -> Iterator[Judged]:
    spans = [Span(at, one.valid_from, one.valid_to) for at, one in enumerate(contract.fuel)]
    for span in empty(spans):
        what = f"It ends on {span.end}, before it has begun."
        yield Judged(("fuel", span.place, "valid_to"), what, "Mend one of the two days.")
    for later, earlier in overlaps(spans):
        what = f"It overlaps fuel[{earlier.place}] from {later.start} on."
        yield Judged(("fuel", later.place), what, "End one on the day on which the other begins.")
    for span, until in gaps(spans):
        what = f"No fuel surcharge is stated from {until} to {span.start}."
        yield warned(("fuel", span.place), what, "Close the gap, or state 0 percent for it.")


def _by_index(fuel: FuelTerms, indices: Collection[str]) -> Iterator[Judged]:
    if fuel.index not in indices:
        what = f"The folder has no prices of the index {fuel.index!r}."
        add = f"Add indices/{fuel.index}.csv with price_on and price"
        publish = f"publish them to /v1/indices/{fuel.index}/prices"
        remedy = unheard_of(fuel.index, indices, otherwise=f"{add}, or {publish}.")
        yield warned(("fuel_index", "index"), what, remedy)
    stated = [way for way in WAYS if getattr(fuel, way)]
    if len(stated) != 1:
        said = " and ".join(stated) or "no way"
        what = f"The surcharge says {said}."
        yield Judged(("fuel_index",), what, f"State exactly one of {', '.join(WAYS)}.")
    yield from _bands(fuel)
    if fuel.steps is not None and (fuel.steps.percent is None) == (fuel.steps.per_mile is None):
        what = "Steps add either percent or per_mile."
        yield Judged(("fuel_index", "steps"), what, "State exactly one of the two.")
    if fuel.steps is not None and not fuel.steps.step:
        yield Judged(("fuel_index", "steps", "step"), "A step of nothing.", "Write such as 0.06.")
    if fuel.formula is not None and not fuel.formula.miles_per_gallon:
        path: Path = ("fuel_index", "formula", "miles_per_gallon")
        yield Judged(path, "No truck drives 0 miles per gallon.", "Write such as 6.0.")


def _bands(fuel: FuelTerms) -> Iterator[Judged]:
    spans = [Span(at, one.from_price, one.to_price) for at, one in enumerate(fuel.bands)]
    for number, one in enumerate(fuel.bands):
        if (one.percent is None) == (one.per_mile is None):
            what = "A band says either percent or per_mile."
            yield Judged(("fuel_index", "bands", number), what, "State exactly one of the two.")
    for span in empty(spans):
        what = f"From {span.start} to {span.end} is nothing."
        yield Judged(("fuel_index", "bands", span.place), what, "Mend to_price.")
    for later, earlier in overlaps(spans):
        what = f"The band overlaps bands[{earlier.place}] from {later.start} on."
        remedy = f"Let bands[{earlier.place}] end with to_price: {later.start}."
        yield Judged(("fuel_index", "bands", later.place), what, remedy)
    for span, until in gaps(spans):
        what = f"No band covers prices from {until} to {span.start}."
        remedy = f"Begin this band with from_price: {until}, or add one."
        yield Judged(("fuel_index", "bands", span.place), what, remedy)
    last = max(spans, key=lambda one: one.start, default=None)
    if last is not None and last.end is not None:
        what = f"No band covers prices from {last.end} on."
        remedy = "Leave to_price out of the last band, or add one."
        yield warned(("fuel_index", "bands", last.place), what, remedy)
