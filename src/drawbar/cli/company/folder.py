"""The company folder: what the firm decides, as files that are reviewed like code.

A file that does not say what it must is refused with its name and the place in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from drawbar.cli.company.draft import Draft, Filed, drafted
from drawbar.cli.company.files import Files, NoFolder, PolicyFile, files_of
from drawbar.cli.company.firm_rules import firm_mistakes
from drawbar.cli.company.mistake import Mistake, Weight
from drawbar.flow.company import Company, Policy, RoutingGuide
from drawbar.freight.market import Market

SHOWN = 20


class UnreadableCompany(ValueError):
    """A file of the company folder is missing or does not say what it must. Mend it and go on."""


class CompanyFolder(Struct, frozen=True):
    """The firm as its folder describes it; ``systems`` holds each system's settings by its name."""

    path: Path
    company: Company
    systems: dict[str, dict[str, Any]]
    files: Mapping[str, bytes] = {}
    contract_files: Mapping[tuple[str, int], str] = {}


def load_company(folder: Path) -> CompanyFolder:
    """Read the whole folder. Raise ``UnreadableCompany`` with all that cannot be read."""
    try:
        draft = drafted(files_of(folder))
    except NoFolder as error:
        raise UnreadableCompany(str(error)) from error
    company = company_of(draft, where=str(folder))
    paths = {(one.value.contract_ref, one.value.version): one.file for one in draft.contracts}
    return CompanyFolder(folder, company, systems_of(draft), draft.files, paths)


def look_over(files: Files) -> tuple[Draft, list[Mistake]]:
    """Return what the files say and every mistake in them, errors first, then by place."""
    draft = drafted(files)
    found = [*draft.mistakes, *firm_mistakes(draft)]
    return draft, sorted(found, key=lambda one: (one.weight, one.spot, one.field, one.what))


def errors(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Return those mistakes with which the folder cannot be worked with."""
    return [one for one in mistakes if one.weight is Weight.ERROR]


def company_of(draft: Draft, *, where: str = "the folder") -> Company:
    """Return the firm that the files describe. Raise ``UnreadableCompany``."""
    wrong = errors(draft.mistakes)
    if wrong or draft.head is None:
        told = "\n".join(f"{where}/{one}" for one in wrong[:SHOWN])
        more = f"\nand {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
        raise UnreadableCompany(f"{told}{more}")
    head = draft.head.value
    customers = _values(draft.customers)
    carriers = _values(draft.carriers)
    return Company(
        name=head.name,
        zone=head.zone,
        currency=head.currency,
        customers={customer.customer_ref: customer for customer in customers},
        carriers={carrier.carrier_ref: carrier for carrier in carriers},
        contracts=tuple(_values(draft.contracts)),
        guides=tuple(_guides(draft)),
        market=Market(prices=tuple(_values(draft.prices)), exchange=tuple(_values(draft.rates))),
        policy=_policy(draft.policies),
    )


def systems_of(draft: Draft) -> dict[str, dict[str, Any]]:
    """Return the settings of each system by its name."""
    return {
        one.file.removeprefix("systems/").removesuffix(".yaml"): one.value for one in draft.systems
    }


def _values(filed: Iterable[Filed[Any]]) -> list[Any]:
    return [one.value for one in filed]


def _guides(draft: Draft) -> Iterator[RoutingGuide]:
    for one in draft.policies:
        yield from one.value.guides


def _policy(filed: Iterable[Filed[PolicyFile]]) -> Policy:
    """Return the policy that the files make up together, each with its own parts of it."""
    policy = Policy()
    for one in filed:
        said = {name for name in one.sheet.data if name in Policy.__struct_fields__}
        policy = structs.replace(policy, **{name: getattr(one.value, name) for name in said})
    return policy
