"""Who may use which route: compared with a list that is read before it is changed."""

from pathlib import Path

import pytest

from drawbar.web.auth.policy import declared_policies
from drawbar.web.auth.role import Role

pytestmark = pytest.mark.system

SNAPSHOT = Path(__file__).with_name("roles_and_routes.txt")


def table(app):
    lines = []
    for (method, path), policy in sorted(
        declared_policies(app.routes).items(), key=lambda p: p[0][::-1]
    ):
        if policy.scope is None:
            who = f"everybody: {policy.because}"
        else:
            who = " ".join(role.value for role in Role if policy.admits(role))
        door = "form" if policy.acts else "page" if policy.page else "key"
        lines.append(f"{method:4} {path:45} {door:4} {who}")
    return "\n".join(lines) + "\n"


def test_only_the_roles_in_the_list_may_use_a_route(doors):
    assert table(doors.app) == SNAPSHOT.read_text()


def test_every_role_gets_through_exactly_where_the_list_says(doors):
    for (method, path), policy in declared_policies(doors.app.routes).items():
        if policy.scope is None:
            continue
        for role in Role:
            address = (
                path.replace("{", "").replace("}", "").replace(":str", "").replace(":path", "")
            )
            with doors.client.stream(method, address, headers=doors.key(role)) as answer:
                is_let_in = answer.status_code not in {401, 403}
                if path != "/live":  # that one has no end
                    answer.read()
            assert is_let_in == policy.admits(role), (role, method, path)


def test_nobody_gets_in_without_a_key(doors):
    for (method, path), policy in declared_policies(doors.app.routes).items():
        if policy.scope is not None:
            answer = doors.client.request(method, path.replace("{", "").replace("}", ""))
            assert answer.status_code == 401, (method, path)
