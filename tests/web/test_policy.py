"""Deny by default: a route says who may use it, or Drawbar does not start."""

import pytest
from litestar import Litestar, get
from litestar.static_files import create_static_files_router

from drawbar.web.auth.policy import UndeclaredPolicy, declared_policies, open_to_all, policy
from drawbar.web.auth.role import SCOPES, Role, Scope


@get("/planted", sync_to_thread=False)
def planted() -> str:
    return "anybody could read this"


@get("/declared", **policy(Scope.CASE_READ, writes=False))
def declared() -> str:
    return "for those who may"


@get("/open", **open_to_all("a test says so"))
def opened() -> str:
    return "for all"


def routes(*handlers):
    return Litestar([*handlers], openapi_config=None).routes


def test_a_route_without_a_policy_does_not_start():
    with pytest.raises(UndeclaredPolicy, match="planted"):
        declared_policies(routes(declared, planted))


def test_a_mounted_folder_does_not_start_either(tmp_path):
    files = create_static_files_router(path="/files", directories=[tmp_path])

    with pytest.raises(UndeclaredPolicy):
        declared_policies(routes(declared, files))


def test_every_method_and_path_has_its_policy():
    found = declared_policies(routes(declared, opened))

    assert found["GET", "/declared"].scope is Scope.CASE_READ
    assert found["GET", "/open"].because == "a test says so"


def test_only_an_administrator_may_do_everything():
    assert {role for role in Role if SCOPES[role] == set(Scope)} == {Role.ADMIN}


@pytest.mark.parametrize("scope", [Scope.CHARGE_APPROVE, Scope.DISPUTE_CLOSE])
def test_only_finance_decides_about_money(scope):
    assert {role for role in Role if scope in SCOPES[role]} == {Role.FINANCE, Role.ADMIN}


@pytest.mark.parametrize(
    "scope", [Scope.STORY_READ, Scope.MONEY_READ, Scope.CASE_READ, Scope.RECONCILIATION_READ]
)
def test_a_carrier_sees_nothing_of_our_side(scope):
    assert scope not in SCOPES[Role.CARRIER]
