"""The API keeps its own description: machine-made requests, fit and unfit, at every address."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from drawbar.web.auth.role import Role
from drawbar.web.openapi import openapi_document

pytestmark = pytest.mark.system

SCHEMA = schemathesis.openapi.from_dict(json.loads(openapi_document()))
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
PROMISES = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
few = settings(
    max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def checks(*names):
    return [CHECKS.get_one(name) for name in names]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_takes_what_fits_its_description(operation, doors):
    @few
    @given(operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def keeps_its_promises(case):
        case.call_and_validate(
            base_url=doors.address, headers=doors.key(Role.ADMIN), checks=checks(*PROMISES)
        )

    keeps_its_promises()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_refuses_what_does_not_fit(operation, doors):
    @few
    @given(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def keeps_its_promises(case):
        assume([] not in (case.query or {}).values())  # an empty list is nothing on the wire
        case.call_and_validate(
            base_url=doors.address,
            headers=doors.key(Role.ADMIN),
            checks=checks(*PROMISES, "negative_data_rejection"),
        )

    keeps_its_promises()
