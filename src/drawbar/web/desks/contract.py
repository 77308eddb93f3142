"""The firm's contracts and policies on pages: every version, who applied it, what it changed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from drawbar.flow.difference import Difference, differences
from drawbar.records.company import (
    CompanyVersion,
    ContractVersion,
    company_of,
    contract_on_file,
    contract_versions,
    versions,
)
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.terms import company_version_v1, contract_version_v1
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.csv_twin import Named, csv_twin, named
from drawbar.web.desks.item_twin import items_twin
from drawbar.web.desks.policy_words import policy_said
from drawbar.web.desks.rendering import render
from drawbar.web.given import GivenReads, GivenSettings

COLUMNS = (
    "contract_ref",
    "version",
    "side",
    "party_ref",
    "valid_from",
    "valid_to",
    "known_at",
    "company_version",
    "applied_at",
    "applied_by",
    "because",
)
_KINDS = {"valid_from": "date", "valid_to": "date", "company_version": "integer"}


class PolicyVersion(Struct, frozen=True, kw_only=True):
    """One version of the folder with what it changed of the firm's policies."""

    version: CompanyVersion
    differences: tuple[Difference, ...]


class PolicyChanged(Struct, frozen=True, kw_only=True):
    """One field that a version of the folder changed of the policies, a row of their sheet."""

    version: int
    applied_at: datetime
    applied_by: str
    because: str
    field: str
    before: str
    after: str


def terms_routes() -> Iterator[HTTPRouteHandler]:
    """Return the pages of contracts and policies with their twins."""
    for ending in ("", ".json", ".csv"):
        yield get(f"/contracts{ending}", **page(Scope.MONEY_READ))(show_contracts)
    for ending in ("", ".json", ".csv"):
        yield get(f"/policies{ending}", **page(Scope.MONEY_READ))(show_policies)


def show_contracts(
    request: Request[Any, Any, Any], reads: GivenReads, settings: GivenSettings
) -> Response[Any]:
    """List every version of every contract that was applied."""
    with reads.connection() as connection, connection.cursor() as cursor:
        found = contract_versions(cursor)
    told = [contract_version_v1(one) for one in found]
    if request.url.path.endswith(".json"):
        return Response(told)
    if request.url.path.endswith(".csv"):
        columns = [Named(one, _KINDS.get(one, named(one).kind)) for one in COLUMNS]
        rows = ({name: getattr(one, name) for name in COLUMNS} for one in told)
        return csv_twin("contracts", columns, rows)
    return render(
        "contracts.html", here="/contracts", contracts=found, home_zone=settings.company.zone
    )


def show_policies(
    request: Request[Any, Any, Any], reads: GivenReads, settings: GivenSettings
) -> Response[Any]:
    """Show what the firm decided, and what each version of its folder changed of it."""
    with reads.connection() as connection, connection.cursor() as cursor:
        every = versions(cursor)
        changed = [] if request.url.path.endswith(".json") else list(_policies(cursor, every))
    if request.url.path.endswith(".json"):
        told = [company_version_v1(one) for one in every]
        return Response({"policy": settings.company.policy, "versions": told})
    if request.url.path.endswith(".csv"):
        return items_twin("policies", PolicyChanged, _changes(changed))
    return render(
        "policies.html",
        here="/policies",
        fields=policy_said(settings.company),
        guides=settings.company.guides,
        versions=changed,
        home_zone=settings.company.zone,
    )


def changed_since(cursor: Rows, found: list[ContractVersion], version: int) -> list[Difference]:
    """Return in which fields a version of a contract differs from the one before it."""
    earlier = [one.version for one in found if one.version < version]
    if not earlier:
        return []
    ref = found[0].contract_ref
    before = contract_on_file(cursor, ref, max(earlier))
    after = contract_on_file(cursor, ref, version)
    return differences(before, after) if before and after else []


def _changes(changed: list[PolicyVersion]) -> Iterator[PolicyChanged]:
    """Yield each field that a version changed; a version that changed none has a row of its own."""
    for one in changed:
        for told in one.differences or (Difference("", "", ""),):
            yield PolicyChanged(
                version=one.version.version,
                applied_at=one.version.applied_at,
                applied_by=one.version.applied_by,
                because=one.version.because,
                field=told.field,
                before=told.before,
                after=told.after,
            )


def _policies(cursor: Rows, every: list[CompanyVersion]) -> Iterator[PolicyVersion]:
    firms = {one.version: company_of(cursor, one.version) for one in every}
    for one in every:
        before = firms.get(one.version - 1)
        told = differences(before.policy, firms[one.version].policy) if before else []
        guides = differences(before.guides, firms[one.version].guides) if before else []
        named_guides = [
            Difference(f"guides{each.field}", each.before, each.after) for each in guides
        ]
        yield PolicyVersion(version=one, differences=(*told, *named_guides))
