"""A bill that cannot be meant, at each door: told by its place and the way out; no other is held.

Each file holds the wrong bill I-1 and, where a door takes several at once, the good bill I-2.
"""

from datetime import UTC, datetime

import pytest

from drawbar.connectors.registry import readers_of
from drawbar.freight.freight_bill import LINES_MAX
from drawbar.freight.lineage import Receipt
from tests.connectors.test_code_table import ABCD, NORTHLAKE, PRAIRIE

RECEIPT = Receipt(
    message_ref="M-1", sender="them", learned_at=datetime(2026, 3, 21, 15, tzinfo=UTC)
)
HUGE = "x" * 10_000_000
JSON = (
    '{"id":"8","type":"invoice","occurred_at":"2026-03-20T00:00:00Z","shipment_id":"S-1001",'
    '"invoice":{"number":"I-1","date":"2026-03-20","currency":"USD","total":"1700.00","lines":['
    '{"code":"LINEHAUL","amount":"1650.00","shown":{"weight_lb":"42000"}},'
    '{"code":"FUEL","amount":"50.00"}]}}'
)
HEADING = "carrier,invoice,invoice date,shipment,line,charge,amount,currency,total,weight lb,stop\n"
ROW = "PRHL,I-1,03/20/2026,S-1001,1,Line haul,1650.00,USD,1650.00,42000,0\n"
SET = (
    "B3**I-1*S-1001*PP**20260320*205000****ABCD|C3*USD|N9*BM*B-77|LX*1|L5*1*PUMPS"
    "|L0*1***42000*G***10*PLT**L|L1*1***165000****400|LX*2|L1*2***40000****FUE|L3*****205000"
)


def read(system, described, channel, body):
    raw = body if isinstance(body, bytes) else body.encode()
    return readers_of(system, described)[channel](raw, RECEIPT)


def over_json(before, after):
    assert before in JSON
    return read("northlake", NORTHLAKE, "api:NRTH", JSON.replace(before, after, 1))


def over_csv(before, after):
    assert before in ROW
    body = HEADING + ROW.replace(before, after, 1) + ROW.replace("I-1", "I-2")
    return read("prairie", PRAIRIE, "csv:PRHL:bills", body)


def interchange(*sets):
    told = [one.split("|") for one in sets]
    inside = (
        f"ST*210*{n:04}~{'~'.join(one)}~SE*{len(one) + 2}*{n:04}~"
        for n, one in enumerate(told, start=1)
    )
    head = "ISA*00*          *00*          *02*ABCD           *ZZ*ACME           "
    return (
        f"{head}*260320*0930*U*00401*000000041*0*P*>~"
        f"GS*IM*ABCD*ACME*20260320*0930*41*X*004010~{''.join(inside)}"
        f"GE*{len(told)}*41~IEA*1*000000041~"
    )


def over_x12(before, after):
    assert before in SET
    body = interchange(SET.replace(before, after, 1), SET.replace("I-1", "I-2"))
    return read("abcd", ABCD, "x12:ABCD", body)


def numbers(reading):
    return [fact.bill.invoice_number for fact in reading.facts]


def told(reading):
    assert all(one.place and one.text and one.remedy for one in reading.problems)
    assert all(len(one.text) < 500 for one in reading.problems)
    return {one.place for one in reading.problems}


LINE = "$.invoice.lines[0]"


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ('"1650.00"', '"NaN"', f"{LINE}.amount"),
        ('"1650.00"', '"Infinity"', f"{LINE}.amount"),
        ('"1650.00"', '"1e400"', f"{LINE}.amount"),
        ('"1650.00"', "1e400", f"{LINE}.amount"),
        ('"1650.00"', '"1,000.00"', f"{LINE}.amount"),
        ('"1650.00"', '"1_650"', f"{LINE}.amount"),
        ('"1650.00"', '"１６５０"', f"{LINE}.amount"),
        ('"1650.00"', '""', f"{LINE}.amount"),
        ('"1650.00"', "null", f"{LINE}.amount"),
        ('"1700.00"', '"-Infinity"', "$.invoice.total"),
        ('"42000"', '"-1"', f"{LINE}.shown"),
        ('"42000"', '"NaN"', f"{LINE}.shown"),
        ('"weight_lb":"42000"', '"weight_st":"3000"', f"{LINE}.shown"),
        ('"USD"', '"usd"', "$.invoice.currency"),
        ('"currency":"USD",', "", "$.invoice"),
        ('"2026-03-20",', '"2026-02-30",', "$.invoice.date"),
        ('"total":"1700.00"', '"total":"1.00","total":"1700.00"', "$..total"),
        ('"amount":"50.00"', '"stop":-4,"amount":"50.00"', "$.invoice.lines[1].stop"),
        ('"I-1"', f'"{HUGE}"', "$.invoice.number"),
        ('"S-1001"', f'"{HUGE}"', "$.shipment_id"),
        ('"2026-03-20T00', '"2026-03-20X00', "$.occurred_at"),
    ],
    ids=[
        "not a number",
        "infinity",
        "an exponent",
        "an exponent without quotes",
        "a thousands sign",
        "an underscore",
        "digits of another script",
        "an empty amount",
        "no amount",
        "an infinite total",
        "a negative weight",
        "a weight that is no number",
        "an unknown unit",
        "small letters for a currency",
        "no currency",
        "no such day",
        "a field that stands twice",
        "a stop below zero",
        "a number of ten megabytes",
        "a name of ten megabytes",
        "no instant",
    ],
)
def test_over_json_the_field_is_named_with_the_way_out(before, after, place):
    reading = over_json(before, after)

    assert (numbers(reading), told(reading)) == ([], {place})


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe" + JSON.encode(), b"\xef\xbb\xbf" + JSON.encode(), b"{", b"[" * 100_000, b""],
    ids=["not UTF-8", "a mark of the byte order", "cut off", "nested for ever", "empty"],
)
def test_over_json_a_body_that_is_none_is_told_as_a_whole(body):
    reading = read("northlake", NORTHLAKE, "api:NRTH", body)

    assert (numbers(reading), told(reading)) == ([], {"$"})


def test_over_json_a_bill_has_ten_thousand_lines_at_most():
    line = '{"code":"FUEL","amount":"50.00"}'
    most, more = (over_json(line, ",".join([line] * count)) for count in (LINES_MAX - 1, LINES_MAX))

    assert len(most.facts[0].bill.lines) == LINES_MAX
    assert (numbers(more), told(more)) == ([], {"$.invoice.lines"})


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("1650.00,USD", "NaN,USD", "line 2 column 'amount'"),
        ("1650.00,USD", "Infinity,USD", "line 2 column 'amount'"),
        ("1650.00,USD", "1e400,USD", "line 2 column 'amount'"),
        ("1650.00,USD", '"1.650,00",USD', "line 2 column 'amount'"),
        ("1650.00,USD", "１６５０,USD", "line 2 column 'amount'"),
        ("1650.00,USD", ",USD", "line 2 column 'amount'"),
        ("42000", "-1", "line 2 column 'weight lb'"),
        ("USD", "usd", "line 2 column 'currency'"),
        ("USD", "", "line 2 column 'currency'"),
        ("03/20/2026", "02/30/2026", "line 2 column 'invoice date'"),
        (",0\n", ",-3\n", "line 2 column 'stop'"),
        ("S-1001,", "S-1001,,", "line 2"),
        ("I-1", "I\0", "line 2"),
        ("I-1", HUGE, "line 2"),
        ("I-1", "x" * 2_001, "line 2 column 'invoice'"),
        (",Line haul,", ",,", "line 2 column 'charge'"),
    ],
    ids=[
        "not a number",
        "infinity",
        "an exponent",
        "a decimal comma",
        "digits of another script",
        "no amount",
        "a negative weight",
        "small letters for a currency",
        "no currency",
        "no such day",
        "a stop below zero",
        "a cell too many",
        "a byte of nothing",
        "a number of ten megabytes",
        "a number that is too long",
        "no charge",
    ],
)
def test_in_a_table_the_line_and_column_are_named_and_the_other_bill_is_taken(before, after, place):
    reading = over_csv(before, after)

    assert (numbers(reading), told(reading)) == (["I-2"], {place})


def test_in_a_table_thousands_signs_are_read_by_the_profile():
    (bill, _) = over_csv("1650.00,USD", '"1,650.00",USD').facts

    assert str(bill.bill.lines[0].money.amount) == "1650.00"


def test_in_a_table_one_line_in_another_encoding_holds_no_other_back():
    body = (HEADING + ROW.replace("I-1", "I-\xff") + ROW.replace("I-1", "I-2")).encode("latin-1")
    reading = read("prairie", PRAIRIE, "csv:PRHL:bills", body)

    assert (numbers(reading), told(reading)) == (["I-2"], {"line 2"})


def test_in_a_table_a_mark_of_the_byte_order_is_no_word():
    body = b"\xef\xbb\xbf" + (HEADING + ROW).encode()

    assert numbers(read("prairie", PRAIRIE, "csv:PRHL:bills", body)) == ["I-1"]


def test_in_a_table_a_bill_of_too_many_lines_holds_no_other_back():
    many = (ROW.replace(",1,Line", f",{n},Line") for n in range(1, LINES_MAX + 2))
    body = HEADING + "".join(many) + ROW.replace("I-1", "I-2")
    reading = read("prairie", PRAIRIE, "csv:PRHL:bills", body)

    assert (numbers(reading), told(reading)) == (["I-2"], {"line 2 column 'line'"})
    assert "10,001 lines, more than 10,000" in reading.problems[0].text


def test_a_table_of_a_million_lines_is_refused_before_it_is_read():
    reading = read("prairie", PRAIRIE, "csv:PRHL:bills", HEADING + ROW * 1_000_000)

    assert (numbers(reading), told(reading)) == ([], {"line 1"})
    assert "more than 500,000 lines" in reading.problems[0].text


@pytest.mark.parametrize(
    ("before", "after", "segment"),
    [
        ("***165000", "***NaN", "segment 8"),
        ("***165000", "***1E400", "segment 8"),
        ("***165000", "***1,650.00", "segment 8"),
        ("***165000", "***1650.00", "segment 8"),
        ("***165000", "***" + "9" * 40, "segment 8"),
        ("C3*USD", "C3*US", "segment 3"),
        ("20260320", "20261340", "segment 2"),
        ("****ABCD", "****ZZZZ", "segment 2"),
        ("PUMPS", HUGE, "segment 6"),
        ("I-1", HUGE, "segment 2"),
    ],
    ids=[
        "not a number",
        "an exponent",
        "a thousands sign",
        "dollars for cents",
        "more digits than fit",
        "no such currency",
        "no such day",
        "a carrier that it may not speak for",
        "a text of ten megabytes",
        "a number of ten megabytes",
    ],
)
def test_in_an_x12_file_the_segment_is_named_and_the_other_bill_is_taken(before, after, segment):
    reading = over_x12(before, after)

    assert numbers(reading) == ["I-2"]
    assert all(f"set 1 / {segment} / " in place for place in told(reading))


@pytest.mark.parametrize("unit", ["Z", "E"], ids=["no unit", "metric tons"])
def test_in_an_x12_file_a_weight_in_another_unit_is_not_taken_for_pounds(unit):
    wrong, _ = over_x12("PLT**L", f"PLT**{unit}").facts

    assert wrong.bill.lines[0].shown is None


def test_in_an_x12_file_a_bill_of_too_many_lines_holds_no_other_back():
    haul = "|".join(f"LX*{n}|L1*{n}***100****400" for n in range(1, 3))
    many = "B3**I-1*S-1001*PP**20260320*100****ABCD|C3*USD|" + "|".join([haul] * 5_001)
    reading = read(
        "abcd", ABCD, "x12:ABCD", interchange(many + "|L3*****100", SET.replace("I-1", "I-2"))
    )

    assert numbers(reading) == ["I-2"]
    assert reading.problems
    assert all("set 1" in place for place in told(reading))
