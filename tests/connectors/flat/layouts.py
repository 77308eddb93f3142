"""Layouts for the tests of flat files, as a person would write them."""

import msgspec
import yaml

from drawbar.connectors.flat.layout import Layout


def told_by(text: str) -> dict[str, object]:
    told: dict[str, object] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - no objects
    return told


def layout(text: str, **more: object) -> Layout:
    return msgspec.convert(told_by(text) | more, Layout, strict=False)


STATUS = """
form: fixed
charset: ascii
line_end: crlf
tag_length: 2
records:
  - name: HEAD
    tag: HD
    needed: true
    once: true
    fields:
      - {name: sender, at: 3, length: 6}
      - {name: sent, at: 9, length: 12, kind: time, forms: ["%Y%m%d%H%M"]}
  - name: EVENT
    tag: EV
    parent: HEAD
    fields:
      - {name: load, at: 3, length: 10, needed: true}
      - {name: code, at: 13, length: 3}
      - {name: at, at: 16, length: 12, kind: time, forms: ["%Y%m%d%H%M"]}
      - {name: stop, at: 28, length: 2, kind: number}
      - {name: weight, at: 30, length: 8, kind: number, decimals: 2, sign: overpunch}
  - name: END
    tag: TR
    parent: HEAD
    needed: true
    counts: {events: [EVENT], records: ["*"]}
    sums: {weight: EVENT.weight}
    fields:
      - {name: events, at: 3, length: 5, kind: number}
      - {name: records, at: 8, length: 5, kind: number}
      - {name: weight, at: 13, length: 10, kind: number, decimals: 2, sign: overpunch}
means: status
parts:
  event:
    record: EVENT
    fields: {shipment: load, status: code, at: at, stop: stop}
"""

BILLS = """
form: delimited
charset: windows-1252
line_end: lf
delimiter: ";"
records:
  - name: BILL
    tag: H
    fields:
      - {name: number, needed: true}
      - {name: dated, kind: time, forms: ["%d.%m.%Y"]}
      - {name: load}
      - {name: total, kind: number, decimals: 2, point: ",", sign: leading}
      - {name: currency}
  - name: LINE
    tag: L
    parent: BILL
    fields:
      - {name: code}
      - {name: amount, kind: number, decimals: 2, point: ",", sign: leading}
      - {name: text}
means: bills
parts:
  bill:
    record: BILL
    fields: {invoice: number, dated: dated, shipment: load, total: total, currency: currency}
  line: {record: LINE, fields: {charge: code, amount: amount, text: text}}
"""

ORDERS = """
form: idoc
charset: utf-8
line_end: lf
control: {MANDT: "100", DOCNUM: "0000000000000042", DIRECT: "1", IDOCTYP: ZLOAD01, MESTYP: ZLOAD}
records:
  - name: ORDER
    tag: Z1LOAD000
    needed: true
    fields:
      - {name: number, at: 1, length: 10, needed: true}
      - {name: action, at: 11, length: 3}
      - {name: trailer, at: 14, length: 10}
  - name: STOP
    tag: Z1STOP000
    parent: ORDER
    fields:
      - {name: kind, at: 1, length: 1}
      - {name: name, at: 2, length: 30}
      - {name: city, at: 32, length: 25}
      - {name: state, at: 57, length: 2}
      - {name: zip, at: 59, length: 10}
      - {name: from, at: 69, length: 12, kind: time, forms: ["%Y%m%d%H%M"]}
      - {name: to, at: 81, length: 12, kind: time, forms: ["%Y%m%d%H%M"]}
  - name: ITEM
    tag: Z1ITEM000
    parent: ORDER
    fields:
      - {name: sku, at: 1, length: 18}
      - {name: pieces, at: 19, length: 6, kind: number}
      - {name: weight, at: 25, length: 12, kind: number, decimals: 3}
means: orders
parts:
  order: {record: ORDER, fields: {number: number, purpose: action, equipment: trailer}}
  stop:
    record: STOP
    fields:
      {purpose: kind, name: name, city: city, state: state, zip: zip, earliest: from, latest: to}
  goods: {record: ITEM, fields: {sku: sku, pieces: pieces, weight_kg: weight}}
"""
