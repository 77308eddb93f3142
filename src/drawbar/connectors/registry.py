"""Which connectors there are, by the name that a firm writes in its systems folder."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from drawbar.connectors import (
    bank_folder,
    carrier_api,
    csv_folder,
    dcsa,
    edifact_folder,
    epcis,
    erp_rest,
    flat,
    telematics_rest,
    wms_rest,
    x12_folder,
)
from drawbar.connectors.bank_folder import client as bank_folder_client
from drawbar.connectors.bank_folder import manifest as bank_folder_manifest
from drawbar.connectors.bank_folder import mapping as bank_folder_mapping
from drawbar.connectors.carrier_api import client as carrier_api_client
from drawbar.connectors.carrier_api import manifest as carrier_api_manifest
from drawbar.connectors.carrier_api import mapping as carrier_api_mapping
from drawbar.connectors.code_table import Codes, mapped
from drawbar.connectors.csv_folder import client as csv_folder_client
from drawbar.connectors.csv_folder import manifest as csv_folder_manifest
from drawbar.connectors.csv_folder import mapping as csv_folder_mapping
from drawbar.connectors.dcsa import client as dcsa_client
from drawbar.connectors.dcsa import manifest as dcsa_manifest
from drawbar.connectors.dcsa import mapping as dcsa_mapping
from drawbar.connectors.edifact_folder import client as edifact_folder_client
from drawbar.connectors.edifact_folder import manifest as edifact_folder_manifest
from drawbar.connectors.edifact_folder import mapping as edifact_folder_mapping
from drawbar.connectors.epcis import client as epcis_client
from drawbar.connectors.epcis import manifest as epcis_manifest
from drawbar.connectors.epcis import mapping as epcis_mapping
from drawbar.connectors.erp_rest import client as erp_rest_client
from drawbar.connectors.erp_rest import manifest as erp_rest_manifest
from drawbar.connectors.erp_rest import mapping as erp_rest_mapping
from drawbar.connectors.flat import client as flat_client
from drawbar.connectors.flat import manifest as flat_manifest
from drawbar.connectors.flat import mapping as flat_mapping
from drawbar.connectors.port import Connector
from drawbar.connectors.reading import Readers
from drawbar.connectors.telematics_rest import client as telematics_rest_client
from drawbar.connectors.telematics_rest import manifest as telematics_rest_manifest
from drawbar.connectors.telematics_rest import mapping as telematics_rest_mapping
from drawbar.connectors.wms_rest import client as wms_rest_client
from drawbar.connectors.wms_rest import manifest as wms_rest_manifest
from drawbar.connectors.x12_folder import client as x12_folder_client
from drawbar.connectors.x12_folder import manifest as x12_folder_manifest
from drawbar.connectors.x12_folder import mapping as x12_folder_mapping

OF_EVERY_SYSTEM = frozenset({"connector", "modes", "legacy"})
"""What a file of a system may say whatever its connector is; the rest are settings of that."""


class UnknownConnector(ValueError):
    """A system names a connector that does not exist. Write one of those that the message lists."""


class UnreadableSettings(ValueError):
    """The settings of a system do not fit its connector. Mend the field that the message names."""


class Registered(Struct, frozen=True):
    """One kind of connector: its settings, how it is opened, what reads its items by channel."""

    says: str
    settings: type[Any]
    connect: Callable[[Any], Connector]
    readers: Callable[[Any], Readers]


CONNECTORS: Mapping[str, Registered] = {
    "bank_folder": Registered(
        bank_folder.__doc__ or "",
        bank_folder_manifest.Settings,
        bank_folder_client.connect,
        bank_folder_mapping.readers,
    ),
    "carrier_api": Registered(
        carrier_api.__doc__ or "",
        carrier_api_manifest.Settings,
        carrier_api_client.connect,
        carrier_api_mapping.readers,
    ),
    "csv_folder": Registered(
        csv_folder.__doc__ or "",
        csv_folder_manifest.Settings,
        csv_folder_client.connect,
        csv_folder_mapping.readers,
    ),
    "dcsa": Registered(
        dcsa.__doc__ or "",
        dcsa_manifest.Settings,
        dcsa_client.connect,
        dcsa_mapping.readers,
    ),
    "edifact_folder": Registered(
        edifact_folder.__doc__ or "",
        edifact_folder_manifest.Settings,
        edifact_folder_client.connect,
        edifact_folder_mapping.readers,
    ),
    "epcis": Registered(
        epcis.__doc__ or "",
        epcis_manifest.Settings,
        epcis_client.connect,
        epcis_mapping.readers,
    ),
    "erp_rest": Registered(
        erp_rest.__doc__ or "",
        erp_rest_manifest.Settings,
        erp_rest_client.connect,
        erp_rest_mapping.readers,
    ),
    "flat": Registered(
        flat.__doc__ or "",
        flat_manifest.Settings,
        flat_client.connect,
        flat_mapping.readers,
    ),
    "telematics_rest": Registered(
        telematics_rest.__doc__ or "",
        telematics_rest_manifest.Settings,
        telematics_rest_client.connect,
        telematics_rest_mapping.readers,
    ),
    "wms_rest": Registered(
        wms_rest.__doc__ or "",
        wms_rest_manifest.Settings,
        wms_rest_client.connect,
        lambda _: {},
    ),
    "x12_folder": Registered(
        x12_folder.__doc__ or "",
        x12_folder_manifest.Settings,
        x12_folder_client.connect,
        x12_folder_mapping.readers,
    ),
}


def open_system(system: str, described: Mapping[str, Any]) -> Connector:
    """Return the connector of the system that a file of the company folder describes.

    Raise ``UnknownConnector`` or ``UnreadableSettings``.
    """
    kind, settings = _settings(system, described)
    return kind.connect(settings)


def readers_of(system: str, described: Mapping[str, Any], *, codes: Codes | None = None) -> Readers:
    """Return what reads the items of a system, by channel. Raises like ``open_system``.

    ``codes`` knows what people said about the system's codes since its file was written.
    """
    kind, settings = _settings(system, described)
    return mapped(system, settings, kind.readers, codes)


def settings_of(system: str, described: Mapping[str, Any]) -> Any:
    """Return the settings of a system as its connector has them. Raises like ``open_system``."""
    return _settings(system, described)[1]


def _settings(system: str, described: Mapping[str, Any]) -> tuple[Registered, Any]:
    name = described.get("connector", "")
    kind = CONNECTORS.get(name)
    if kind is None:
        known = ", ".join(sorted(CONNECTORS))
        raise UnknownConnector(f"{system}: no connector is called {name!r}; there are {known}")
    raw = {key: value for key, value in described.items() if key not in OF_EVERY_SYSTEM}
    try:
        return kind, msgspec.convert({**raw, "system": system}, kind.settings, strict=False)
    except ValueError as error:
        raise UnreadableSettings(f"{system}: {error}") from error
