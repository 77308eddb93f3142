"""The world on paper: all that was said stands in the files, and nothing of the truth does."""

import csv
from datetime import date
from pathlib import Path

import pytest

from drawbar.world.paper import write_paper
from drawbar.world.plan import Asked, plan_of
from drawbar.world.truth import BillTruth, LoadTruth, Seal, read_truth

ASKED = Asked(seed=11, begins_on=date(2026, 3, 2), days=5, loads_per_day=20)


@pytest.fixture(scope="module")
def papers(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    write_paper(plan_of(ASKED), folder / "firm", folder / "truth.jsonl")
    return folder


def truth(papers: Path):
    return read_truth((papers / "truth.jsonl").read_bytes())


def everything(papers: Path) -> str:
    files = sorted(file for file in (papers / "firm").rglob("*") if file.is_file())
    return "\n".join(file.read_text("latin-1") for file in files)


def test_every_bill_and_every_load_stands_in_the_files(papers):
    text = everything(papers)

    told = truth(papers)
    assert isinstance(told[0], Seal)
    numbers = {one.number for one in told if isinstance(one, BillTruth)}
    shipments = {one.shipment for one in told if isinstance(one, LoadTruth)}
    assert numbers
    assert [one for one in numbers | shipments if one not in text] == []


def test_nothing_says_which_bills_are_wrong(papers):
    text = everything(papers)

    kinds = {one.kind for one in truth(papers) if isinstance(one, BillTruth)} - {"clean"}
    assert kinds
    assert [kind for kind in kinds if kind in text] == []
    assert "payable" not in text


def test_each_load_has_one_row_and_its_stops(papers):
    with (papers / "firm" / "shipments.csv").open() as file:
        loads = [row["Load Number"] for row in csv.DictReader(file)]
    with (papers / "firm" / "stops.csv").open() as file:
        stops = [row["Load Number"] for row in csv.DictReader(file)]

    assert len(loads) == len(set(loads)) == len(plan_of(ASKED).orders)
    assert set(stops) == set(loads)


def test_the_same_plan_makes_the_same_bytes(papers, tmp_path):
    write_paper(plan_of(ASKED), tmp_path / "firm", tmp_path / "truth.jsonl")

    assert everything(tmp_path) == everything(papers)
    assert (tmp_path / "truth.jsonl").read_bytes() == (papers / "truth.jsonl").read_bytes()
