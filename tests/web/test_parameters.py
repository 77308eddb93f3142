"""A parameter of the API is known or refused: a misspelt filter must not show everything."""

import pytest

pytestmark = pytest.mark.system


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("/v1/cases?ownner=finance", "It knows after, kind, limit, owner, subject."),
        ("/v1/lanes?system=erp", "It takes none."),
        ("/v1/kpis/otd?shipment_ref=S-1", "It knows by, first, last."),
    ],
    ids=["misspelt", "of a route without any", "beside one in the path"],
)
def test_a_parameter_that_the_route_does_not_know_is_refused_with_those_that_it_knows(
    doors, path, remedy
):
    answer = doors.get(path)

    assert answer.status_code == 400
    (flaw,) = answer.json()["errors"]
    assert flaw["remedy"] == remedy


def test_a_page_leaves_what_it_does_not_know(doors):
    assert doors.get("/lanes?from=a-mail").status_code == 200
