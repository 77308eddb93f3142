"""``drawbar check`` finds each mistake with its place and its remedy, and never falls over one."""

import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drawbar.cli.company.folder import UnreadableCompany, company_of, errors, look_over
from drawbar.cli.company.mistake import Mistake, Weight
from drawbar.cli.init import write_example
from tests.cli.planted import CONTRACT, DESK, PLANTED, SELL


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of the example firm, in which there is no mistake."""
    from drawbar.cli.company.files import files_of

    folder = tmp_path_factory.mktemp("firm") / "example"
    list(write_example(folder))
    return files_of(folder)


def found(files: dict[str, bytes], **changes: bytes | None) -> list[Mistake]:
    return look_over({**files, **changes})[1]


def changed(files: dict[str, bytes], file: str, old: str, new: str) -> list[Mistake]:
    text = files[file].decode()
    assert old in text, f"{file} does not say {old!r}"
    return look_over({**files, file: text.replace(old, new, 1).encode()})[1]


def test_the_example_firm_has_no_mistake(files):
    assert look_over(files)[1] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "remedy"), PLANTED.values(), ids=PLANTED.keys()
)
def test_a_planted_mistake_is_found_where_it_is_with_what_mends_it(
    files, file, old, new, field, remedy
):
    wrong = changed(files, file, old, new)

    named = [one for one in wrong if one.spot.file == file and field in one.field]
    assert any(remedy in f"{one.what} {one.remedy}" for one in named), wrong
    assert all(one.spot.line for one in named)


@pytest.mark.parametrize(
    ("file", "old", "new", "remedy"),
    [
        (CONTRACT, "index: EIA-DIESEL-US", "index: OPIS", "/v1/indices/OPIS/prices"),
        (SELL, "source: ECB", "source: FED", "/v1/exchange/FED/rates"),
    ],
    ids=["an index", "a source of exchange rates"],
)
def test_what_the_folder_has_no_figures_of_may_come_by_its_door(files, file, old, new, remedy):
    (told,) = changed(files, file, old, new)

    assert told.weight is Weight.WARNING
    assert remedy in told.remedy


@pytest.mark.parametrize(
    ("said", "field"),
    [("", "payments"), ("bank: bnk\n", "bank"), ("bank: northlake\n", None)],
    ids=["no bank", "a bank without a file", "a bank"],
)
def test_who_pays_by_itself_names_the_bank_that_it_instructs(files, said, field):
    wrong = errors(found(files, **{DESK: files[DESK] + f"\npayments: drawbar\n{said}".encode()}))

    assert [one.field for one in wrong] == ([field] if field else [])


def test_a_lane_points_at_its_line_and_column(files):
    (mistake,) = errors(changed(files, CONTRACT, '"1650.00"', "much"))

    line = files[CONTRACT].decode().splitlines()[mistake.spot.line - 1]
    assert line[mistake.spot.column - 1 :].startswith("flat: ")


def test_a_row_of_a_table_points_at_its_own_file_and_line(files):
    table = "contracts/GLOBEX-2026.lanes.csv"
    (mistake,) = errors(changed(files, table, "2450.00", "-1"))

    assert (mistake.spot.file, mistake.spot.line, mistake.field) == (table, 3, "flat (column 8)")


def test_all_mistakes_of_a_file_are_named_not_only_the_first(files):
    text = files[CONTRACT].decode().replace('"1650.00"', "a").replace('"2.15"', "b")
    fields = {one.field for one in errors(found(files, **{CONTRACT: text.encode()}))}

    assert {"lanes[0].flat", "lanes[1].per_mile"} <= fields


def test_two_contracts_that_hold_on_one_day_are_an_error(files):
    other = files[CONTRACT].replace(b"contract_ref: ABCD-2026", b"contract_ref: ABCD-SPOT")
    wrong = errors(found(files, **{"contracts/ABCD-SPOT.yaml": other}))

    assert [one.field for one in wrong] == ["valid_from"]
    assert "ABCD-2026 version 1 and ABCD-SPOT version 1" in wrong[0].what


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        (CONTRACT.replace("ABCD-", "AGAIN-"), None, "is contracts/ABCD-2026.yaml too"),
        ("customers/TWICE.yaml", b"customer_ref: GLOBEX\nname: Globex\n", "is in customers/GLOBEX"),
        ("contracts/LATER.yml", b"", "Nothing reads this file."),
    ],
    ids=["contract and version", "customer", "file that nothing reads"],
)
def test_what_is_there_twice_or_unread_is_an_error(files, name, text, what):
    wrong = errors(found(files, **{name: files[CONTRACT] if text is None else text}))

    assert any(what in one.what for one in wrong), wrong


def test_gaps_and_what_earns_nothing_are_warnings(files):
    gap = files[CONTRACT].replace(b"version: 1\n", b"version: 1\n", 1)
    later = (
        gap.replace(b"contract_ref: ABCD-2026", b"contract_ref: ABCD-2028")
        .replace(b"valid_from: 2026-01-01", b"valid_from: 2028-03-01")
        .replace(b"valid_to: 2028-01-01", b"valid_to: 2029-01-01")
    )
    added = {"contracts/ABCD-2028.yaml": later, "contracts/INITECH-2026.yaml": None}
    kept = {name: body for name, body in {**files, **added}.items() if body is not None}

    mistakes = look_over(kept)[1]

    assert errors(mistakes) == []
    told = " ".join(one.what for one in mistakes if one.weight is Weight.WARNING)
    assert "holds from 2028-01-01 to 2028-03-01" in told
    assert "INITECH has no sell contract" in told


MARKET = {
    "index": ("indices/EIA-DIESEL-US.csv", "price_on,price\n2026-03-02,3.91\n2026-03-02,3.89\n"),
    "exchange": (
        "exchange/ECB.csv",
        "base,quote,rate_on,rate\nEUR,USD,2026-03-02,1.08\nEUR,USD,2026-03-02,1.09\n",
    ),
}


@pytest.mark.parametrize(("file", "text"), MARKET.values(), ids=MARKET.keys())
def test_one_day_at_two_prices_is_an_error_with_both_lines(files, file, text):
    (wrong,) = errors(look_over({**files, file: text.encode()})[1])

    assert (wrong.spot.file, wrong.spot.line) == (file, 3)
    assert "on line 2." in wrong.what
    assert "known_at" in wrong.remedy


@pytest.mark.parametrize("file", [one for one, _ in MARKET.values()], ids=MARKET.keys())
def test_a_price_that_was_corrected_later_or_is_said_twice_alike_is_no_mistake(files, file):
    head, first, second = dict(MARKET.values())[file].splitlines()
    later = f"{head},known_at\n{first},2026-03-02T00:00:00Z\n{second},2026-03-04T00:00:00Z\n"
    alike = f"{head}\n{first}\n{first}\n"

    for text in (later, alike):
        assert errors(look_over({**files, file: text.encode()})[1]) == []


LANES = "contracts/GLOBEX-2026.lanes.csv"


@pytest.mark.parametrize(
    ("file", "body"),
    [
        (LANES, None),
        (LANES, b"clause;flat\n1;2\n"),
        (SELL, b"party_ref: GLOBEX\nlanes: [\n"),
        (SELL, b"party_ref: GLOBEX\nside: sell\n"),
        ("indices/EIA-DIESEL-US.csv", b"price_on;price\n"),
        ("contracts/NRTH-LTL-2026.breaks.csv", b"clause\tfrom_lb\n"),
    ],
    ids=["lanes missing", "lanes unread", "no YAML", "fields missing", "index", "breaks"],
)
def test_what_only_follows_from_a_file_that_cannot_be_read_is_not_told(files, file, body):
    kept = {**files, file: body} if body is not None else {**files}
    if body is None:
        del kept[file]

    told = look_over(kept)[1]

    causes = {one.spot for one in told}
    assert len(causes) == 1, told


def test_a_cell_is_named_by_its_heading_and_the_number_of_its_column(files):
    heading = files[LANES].decode().splitlines()[0].split(",")
    (wrong,) = errors(changed(files, LANES, "2100.00", "about 2100"))

    at = heading.index("flat") + 1
    assert (wrong.spot.column, wrong.field) == (at, f"flat (column {at})")


BOMBS = {
    "aliases of aliases": b"a: &a [x,x,x,x,x,x,x,x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 8)) for n in range(98, 110)
    ),
    "ten megabytes": b"name: " + b"x" * 10_000_000,
    "a field of a megabyte": b"name: " + b"x" * 1_000_000,
    "deep brackets": b"[" * 100_000,
    "deep indentation": b"".join(b" " * n + b"a:\n" for n in range(200)),
    "no UTF-8": b"name: \xff\xfe",
    "two documents": b"name: a\n---\nname: b\n",
    "only a word": b"hello",
    "nothing": b"",
    "an unhashable name": b"{a: b}: c\n",
    "a tag": b"!!python/object/apply:os.system [ls]\n",
}  # fmt: skip


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS.keys())
def test_a_file_that_would_not_end_or_is_no_file_is_one_clear_error(files, body):
    wrong = errors(found(files, **{CONTRACT: body}))

    assert any(one.spot.file == CONTRACT for one in wrong)


TOUCHED = [
    "drawbar.toml",
    CONTRACT,
    SELL,
    DESK,
    "systems/abcd.yaml",
    "contracts/GLOBEX-2026.lanes.csv",
    "indices/EIA-DIESEL-US.csv",
]


@settings(max_examples=100, deadline=None)
@given(
    name=st.sampled_from(TOUCHED),
    body=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)),
    cut=st.integers(0, 5000),
)
@example(name=CONTRACT, body=b"lanes: [{bands: [{}]}]", cut=0)
@example(name=CONTRACT, body=b"%YAML 9.9", cut=0)
def test_no_bytes_make_it_fall_over(files, name, body, cut):
    for text in (body, files[name][:cut] + body):
        for one in found(files, **{name: text}):
            assert one.remedy, one


def test_the_order_of_the_files_changes_nothing(files):
    draft, mistakes = look_over(files)
    order = list(files.items())
    for seed in range(5):
        random.Random(seed).shuffle(order)
        again, found_again = look_over(dict(order))
        assert company_of(again) == company_of(draft)
        assert found_again == mistakes


def test_a_folder_that_cannot_be_read_says_all_of_it(files):
    draft, _ = look_over({**files, CONTRACT: b"side: bye\n", DESK: b"erp: [1]\n"})

    with pytest.raises(UnreadableCompany) as refused:
        company_of(draft)

    assert CONTRACT in str(refused.value)
    assert DESK in str(refused.value)


def test_the_command_ends_with_4_and_tells_it_as_json_too(run, tmp_path: Path, files):
    folder = tmp_path / "firm"
    list(write_example(folder))
    (folder / DESK).write_text("bill_waits_days: soon\n")

    told = run("check", folder)
    as_json = run("check", folder, "--json")

    assert (told.exit_code, as_json.exit_code) == (4, 4)

    assert f"{folder}/{DESK}:1:1: error: bill_waits_days" in told.stdout
    assert '"line": 1' in as_json.stdout
    assert "1 error, 0 warnings in" in told.stderr


def test_a_tab_in_a_file_is_called_a_tab(files):
    (told,) = errors(changed(files, CONTRACT, "    flat:", "\tflat:"))

    assert "tab" in told.what
    assert told.spot.line


def test_a_table_that_is_not_parted_by_commas_is_told_what_parts_it(files):
    name = "contracts/GLOBEX-2026.lanes.csv"
    told = [one for one in found(files, **{name: b"clause;flat\n1;2\n"}) if one.spot.file == name]

    assert [one.what for one in told] == ["The columns are parted by semicolons, not by commas."]


def test_a_workbook_among_the_contracts_is_named_as_read_by_nobody(files):
    (told,) = found(files, **{"contracts/rates.xlsx": b"PK"})

    assert told.weight is Weight.WARNING
    assert "CSV" in told.remedy


def test_a_head_that_is_no_toml_is_told_in_which_line(files):
    wrong = found(files, **{"drawbar.toml": b'name = "X"\nzone = UTC\n'})
    told = next(one for one in wrong if one.spot.file == "drawbar.toml")

    assert told.spot.line == 2
