"""Reading the results of a batch: summary, picture, CSV, Parquet, SQL, and the commands that do it."""

import csv
import io
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

import simulator
from simulator.batches.database import SCHEMA, UnusableFolder
from simulator.batches.estimate import estimate
from simulator.batches.export import BadQuestion, answered, export, frame
from simulator.batches.results import Results
from simulator.batches.summary import summary
from simulator.cli import cli
from simulator.report.pictures import people_picture
from simulator.report.pictures.image import image
from simulator.report.tables.batch import finding
from simulator.scenario.loading import load, loads
from simulator.simulation import compare
from tests.batches import ROOT, TEMPLATE, company, started, template
from tests.documents import LAGGING

pytestmark = pytest.mark.usefixtures("here")

COMPANY = ROOT / "scenarios" / "company.yaml"
PEOPLE = ROOT / "scenarios" / "data" / "people.csv"
HOSTILE = [
    "<script>alert(1)</script>",
    "=1+1",
    "one\ntwo",
    "\x1b[31mred",
    "$x_{",
    "| a |",
    "😀" * 3,
]


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the shipped company."""
    folder = tmp_path_factory.mktemp("people") / "r"
    assert simulator.batch(COMPANY, folder, table=PEOPLE, workers=2).failed == 0
    return folder


@pytest.fixture(scope="module")
def each() -> dict[str, dict[str, dict[str, Any]]]:
    """Name and policy to totals, worked out one by one with `compare`."""
    found = {}
    with PEOPLE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            fields = {name: cell for name, cell in row.items() if not name.startswith("#")}
            scenario = simulator.load(COMPANY, [f"{name}={cell}" for name, cell in fields.items()])
            told = simulator.compare(scenario).to_dict()["policies"]
            found[row["name"]] = {one["policy"]: one["total"] for one in told}
    return found


def mbdr(*arguments: object) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)), catch_exceptions=False)


def test_a_summary_is_of_the_means_of_each_one(people: Path, each: dict[str, Any]) -> None:
    summed = summary(people)
    assert summed.against == "year-end"
    for told in summed.policies:
        box_2a = np.array([one[told.policy]["box_2a"]["mean"] for one in each.values()])
        assert told.people == 8
        assert told.total == pytest.approx(box_2a.sum(), abs=1e-6)
        assert told.most == box_2a.max()
        assert told.box_2a["p50"] == pytest.approx(np.median(box_2a), abs=0.005 + 1e-9)
        avoided = sum(
            one["year-end"]["box_2a"]["mean"] - one[told.policy]["box_2a"]["mean"]
            for one in each.values()
        )
        assert told.avoided == pytest.approx(avoided, abs=1e-6)
        tax = sum(
            one["year-end"]["tax"]["mean"] - one[told.policy]["tax"]["mean"]
            for one in each.values()
        )
        assert told.tax_avoided == pytest.approx(tax, abs=1e-6)


def test_who_loses_most_is_named_in_order(people: Path, each: dict[str, Any]) -> None:
    lost = {
        name: one["year-end"]["box_2a"]["mean"] - one["per-paycheck"]["box_2a"]["mean"]
        for name, one in each.items()
    }
    expected = sorted(lost, key=lambda name: -lost[name])[:3]
    losers = summary(people, losers=3).losers
    assert [one.name for one in losers] == expected
    assert [one.lost for one in losers] == pytest.approx([lost[name] for name in expected])
    assert {(one.policy, one.best) for one in losers} == {("year-end", "per-paycheck")}


def test_people_are_summed_up_for_each_value_of_what_varied(people: Path, tmp_path: Path) -> None:
    where = {"table": PEOPLE, "grid": ["plan.eligibility_days=0,30"], "workers": 1}
    simulator.batch(COMPANY, tmp_path / "r", **where)  # type: ignore[arg-type]
    grouped = summary(tmp_path / "r", by="plan.eligibility_days")
    alone = {one.policy: one for one in summary(people).policies}
    now = {one.policy: one for one in grouped.policies if one.value == "0"}
    assert {name: vars(one) | {"value": None} for name, one in now.items()} == {
        name: vars(one) for name, one in alone.items()
    }
    waits = {one.policy: one.total for one in grouped.policies if one.value == "30"}
    assert all(waits[name] > one.total for name, one in alone.items())
    departments = summary(people, by="#department")
    assert {one.value for one in departments.policies} == {"Research", "Sales", "Plant"}
    assert " scenarios (department: " in finding(departments)
    assert {one.value for one in summary(people, by="template").policies} == {str(COMPANY)}
    told = mbdr("summary", tmp_path / "r", "--by", "plan.eligibility_days", "--format", "csv")
    assert told.stdout.startswith("plan.eligibility_days,policy,people,")


def test_a_policy_that_leaves_money_behind_is_no_measure(tmp_path: Path) -> None:
    simulator.batch(template(tmp_path), tmp_path / "r", table=company(tmp_path, 5), workers=1)
    summed = summary(tmp_path / "r")
    left = {one.policy: one.left or 0.0 for one in summed.policies}
    assert summed.against == "year-end"
    assert left["never"] > 10_000
    assert {one.policy for one in summed.losers} == {"year-end"}
    assert left["year-end"] == 0


def test_a_summary_says_what_is_missing_from_it(tmp_path: Path) -> None:
    folder = tmp_path / "clients"
    folder.mkdir()
    (folder / "good.yaml").write_text(TEMPLATE)
    (folder / "bad.yaml").write_text(TEMPLATE.replace("biweekly", "often"))
    process = started(folder, "-o", tmp_path / "r", "--workers", 1)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"{folder / 'bad.yaml'}:4:" in errors
    assert f"2 jobs in {tmp_path / 'r'}; 1 failed" in errors
    told = mbdr("summary", tmp_path / "r").stdout
    assert "1 scenario failed and is not in it: see errors.jsonl." in told


def test_the_picture_states_the_finding(people: Path) -> None:
    told = image(people_picture(summary(people)), "svg").decode()
    assert "avoids $5,165 of taxable earnings" in " ".join(told.split())


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_summary_draws(people: Path, ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"people.{ending}"
    assert mbdr("summary", people, "-o", file).exit_code == 0
    first = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[ending]
    assert file.read_bytes().startswith(first)


def test_summary_has_the_same_figures_in_every_format(people: Path) -> None:
    told = json.loads(mbdr("summary", people, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(mbdr("summary", people, "--format", "csv").stdout)))
    assert [one["policy"] for one in told["policies"]] == [row["policy"] for row in rows]
    assert [one["total"] for one in told["policies"]] == [float(row["total"]) for row in rows]
    assert "| year-end | 8 |" in mbdr("summary", people, "--format", "markdown").stdout
    assert (told["complete"], told["answered"], told["failed"]) == (True, 8, 0)


def test_csv_parquet_and_frame_have_the_same_rows(people: Path, tmp_path: Path) -> None:
    import duckdb

    for view in ("results", "results_total", "results_contributions"):
        assert export(people, tmp_path / "x.csv", view) == export(
            people, tmp_path / "x.parquet", view
        )
        rows = list(csv.reader(io.StringIO((tmp_path / "x.csv").read_text(encoding="utf-8"))))
        found = duckdb.read_parquet(str(tmp_path / "x.parquet"))
        assert rows[0] == found.columns == list(frame(people, view).columns)
        for row, other in zip(rows[1:], found.fetchall(), strict=True):
            assert row == ["" if value is None else str(value) for value in other]
        jobs = [int(row[1]) for row in rows[1:]]
        assert jobs == sorted(jobs), "in the order of the table"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["x.csv", "x.parquet"]


def test_an_export_has_the_policies_in_their_order_and_short_the_means_alone(
    people: Path, tmp_path: Path
) -> None:
    whole, short = frame(people, "results_total"), frame(people, "results_total", short=True)
    own = [policy.name for policy in load(COMPANY).policies]
    assert whole["policy"].tolist() == own * (len(whole) // len(own))
    means = [name for name in map(str, whole) if name.endswith("_mean")]
    assert "box_2a_mean" in means
    assert [name for name in map(str, short) if name.startswith("box_2a_")] == [
        "box_2a_mean",
        "box_2a_over_first_mean",
    ]
    assert short.equals(whole[list(short)])
    written = mbdr("export", people, "--view", "results_total", "--short", "-o", "-")
    export(people, tmp_path / "x.csv", "results_total", short=True)
    assert written.stdout == (tmp_path / "x.csv").read_text(encoding="utf-8")


def test_money_in_transit_has_its_columns_and_counts_as_left_for_good(tmp_path: Path) -> None:
    """The names of JSON, flat. By hand: 24 x 500.00 go in, 500.00 of December 31 land in January."""
    file = tmp_path / "late.yaml"
    file.write_text(json.dumps(LAGGING), encoding="utf-8")
    simulator.batch(file, tmp_path / "r", workers=1)
    totals = frame(tmp_path / "r", "results_total").set_index("policy")
    assert totals.in_transit_mean.to_dict() == dict.fromkeys(totals.index, 500.00)
    assert totals.left_for_good.to_dict() == {
        "dates": 500.00, "never": 12_000.00, "per-paycheck": 0.00,
    }  # fmt: skip
    years = frame(tmp_path / "r", "results").set_index(["policy", "year"])
    assert years.in_transit_p95.dropna().to_dict() == {
        (policy, 2021): 500.00 for policy in totals.index
    }
    told = compare(loads(file.read_bytes(), "late.yaml"))
    for rows, view in ((told.rows(), "results"), (told.total_rows(), "results_total")):
        names = {name for row in rows for name in row}
        assert names <= set(frame(tmp_path / "r", view).columns)


def test_sql_answers_a_question_for_quantiles(people: Path) -> None:
    question = (
        "SELECT policy, quantile_cont(box_2a_mean, 0.9) AS p90 FROM Results_Total "
        "GROUP BY policy ORDER BY policy"
    )
    rows = frame(people, "results_total")
    for told in answered(people, question):
        known = rows[rows.policy == told["policy"]].box_2a_mean
        assert told["p90"] == pytest.approx(np.quantile(known, 0.9))
    assert "quarterly" in mbdr("export", people, "--sql", question).stdout
    assert (
        mbdr("export", people, "--sql", "SELECT 1 AS one", "--format", "csv").stdout == "one\n1\n"
    )


@pytest.mark.parametrize(
    "question",
    [
        "SELECT nothing FROM results",
        "SELEC",
        "",
        "SELECT * FROM read_csv('/etc/passwd')",
        "ATTACH '/tmp/elsewhere.db'",
        "COPY (SELECT 1) TO '/tmp/elsewhere.csv'",
        "SET enable_external_access = true",
        "SELECT 1; SELECT 2",
    ],
)
def test_a_question_that_cannot_be_answered_is_one_line(people: Path, question: str) -> None:
    with pytest.raises(BadQuestion, match=r"^--sql: [^\n]*$"):
        answered(people, question)
    assert mbdr("export", people, "--sql", question).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "RESULTS"], "where to? add -o FILE.csv, FILE.parquet or FILE.xlsx"),
        (["export", "RESULTS", "-o", "x.xls"], "ends in .csv, .parquet or .xlsx"),
        (["export", "nowhere", "-o", "x.csv"], "nowhere: no results there; `mbdr batch FILES"),
        (["summary", "nowhere"], "nowhere: no results there"),
        (
            ["export", "RESULTS", "--sql", "SELECT 1; SELECT 2"],
            "--sql: 2 questions; ask one at a time",
        ),
        (["summary", "RESULTS", "--against", "often"], "nobody has the policy 'often'; per-pay"),
        (
            ["summary", "RESULTS", "--by", "years"],
            "--by: 'years' did not vary; write one of name, #",
        ),
        (["export", "RESULTS", "-o", "/nowhere/x.csv"], "/nowhere/x.csv"),
        (["export", "RESULTS", "-o", "/nowhere/x.parquet"], "/nowhere/x.parquet"),
        (["batch", "nowhere.yaml", "-o", "r"], "nowhere.yaml: no such file or folder"),
        (["batch", "COMPANY"], "where to? add -o FOLDER"),
        (["batch", "COMPANY", "-o", "r", "--grid", "plan.colour=1"], "--grid plan.colour: "),
        (["batch", "COMPANY", "-o", "r", "--set", "pay.salry=1"], "did you mean 'salary'?"),
        (["batch", "COMPANY", "-o", "r", "--workers", "0"], "--workers"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_two(
    people: Path, arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    named = {"RESULTS": str(people), "COMPANY": str(COMPANY)}
    result = mbdr(*(named.get(one, one) for one in arguments))
    assert result.exit_code == 2
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["summary", "export"])
def test_an_empty_database_is_a_folder_without_results(command: str, tmp_path: Path) -> None:
    (tmp_path / "results.sqlite").touch()
    done = mbdr(command, tmp_path, "-o", tmp_path / "x.csv")
    none = f"{tmp_path}: no results there; `mbdr batch FILES -o {tmp_path}` makes them\n"
    assert (done.exit_code, done.stderr) == (2, none)


def test_results_of_another_schema_are_refused(tmp_path: Path) -> None:
    import sqlite3

    simulator.batch(template(tmp_path), tmp_path / "r", workers=1)
    database = sqlite3.connect(tmp_path / "r" / "results.sqlite")
    database.execute("PRAGMA user_version = 99")
    database.close()
    for use in (summary, lambda folder: simulator.batch(template(tmp_path), folder, workers=1)):
        with pytest.raises(UnusableFolder, match="written by another version"):
            use(tmp_path / "r")


def test_a_batch_that_ended_before_its_first_answer_says_how_it_goes_on(tmp_path: Path) -> None:
    begun = Results(tmp_path)
    begun.begin([])
    begun.close()
    done = mbdr("summary", tmp_path)
    assert done.exit_code == 2
    assert done.stderr.endswith("if it was interrupted, the same mbdr batch goes on\n")


def test_a_folder_that_was_refused_is_free_at_once(tmp_path: Path) -> None:
    """While the refusal is still known, with all that it holds."""
    import sqlite3

    simulator.batch(template(tmp_path), tmp_path / "r", workers=1)
    database = sqlite3.connect(tmp_path / "r" / "results.sqlite")
    database.execute("PRAGMA user_version = 99")
    with pytest.raises(UnusableFolder) as refused:
        simulator.batch(template(tmp_path), tmp_path / "r", workers=1)
    database.execute(f"PRAGMA user_version = {SCHEMA}")
    database.close()
    assert simulator.batch(template(tmp_path), tmp_path / "r", workers=1).failed == 0
    assert "another version" in str(refused.value)


def test_a_dry_run_counts_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = estimate([COMPANY], PEOPLE, ["plan.eligibility_days=0,10,20"])
    assert told.jobs == 24
    assert told.measured == 20
    assert told.seconds > 0
    result = mbdr("batch", COMPANY, "--table", PEOPLE, "--dry-run")
    assert result.stdout.startswith("8 jobs\nabout ")
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_says_about_how_much_disk_it_takes(tmp_path: Path) -> None:
    table = company(tmp_path, 60)
    told = estimate([COMPANY], table)
    simulator.batch(COMPANY, tmp_path / "r", table=table, workers=1)
    size = (tmp_path / "r" / "results.sqlite").stat().st_size
    assert 0.7 < told.disk / size < 1.5


def test_a_dry_run_counts_the_room_for_pieces() -> None:
    told = estimate(
        [COMPANY], settings=["returns.model=lognormal", "returns.paths=1_000_000"], workers=2
    )
    assert told.spool > 100_000_000
    assert "while large scenarios come together" in str(told)


def test_hostile_names_stay_texts_in_every_output(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    with table.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([["name"], *([name] for name in HOSTILE)])
    result = mbdr("batch", template(tmp_path), "--table", table, "-o", tmp_path / "r")
    assert result.exit_code == 0
    for form in ("table", "markdown", "json", "csv"):
        told = mbdr("summary", tmp_path / "r", "--format", form, "--losers", 20).stdout
        assert "\x1b" not in told
        assert "<script>" not in told or form != "markdown"
    losers = json.loads(mbdr("summary", tmp_path / "r", "--format", "json", "--losers", 20).stdout)[
        "losers"
    ]
    assert {one["name"] for one in losers} == set(HOSTILE)
    assert mbdr("summary", tmp_path / "r", "-o", tmp_path / "x.svg").exit_code == 0


def test_an_extra_that_is_missing_is_named(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    for arguments, extra in (
        (["export", people, "--sql", "SELECT 1"], "duckdb"),
        (["export", people, "-o", tmp_path / "x.parquet"], "duckdb"),
        (["batch", COMPANY, "--table", "x.parquet", "-o", tmp_path / "r"], "duckdb"),
        (["batch", COMPANY, "--scheduler", "tcp://127.0.0.1:1", "-o", tmp_path / "r"], "dask"),
    ):
        result = mbdr(*arguments)
        assert result.exit_code == 2
        assert f"pip install 'mbdr-simulator[{extra}]'" in result.stderr
    assert not (tmp_path / "x.parquet").exists()


def test_a_summary_ranks_by_the_verdict_of_each_one(tmp_path: Path) -> None:
    """With a fee the policy that taxes least is not the best; the verdicts of `compare` say which is."""
    fee = "plan.conversion.fee=25"
    simulator.batch(COMPANY, tmp_path / "r", table=PEOPLE, settings=[fee], workers=1)
    verdicts = []
    with PEOPLE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            cells = (f"{name}={value}" for name, value in row.items() if name[0] != "#" and value)
            scenario = load(COMPANY, [fee, *cells])
            verdicts.append(simulator.compare(scenario).to_dict()["verdict"])
    summed = summary(tmp_path / "r", losers=8)
    for one in summed.policies:
        assert one.best_for == sum(verdict["best"] == one.policy for verdict in verdicts)
        others = (other for verdict in verdicts for other in verdict["others"])
        more = sum(other["costs_more"]["mean"] for other in others if other["policy"] == one.policy)
        assert one.costs_more == pytest.approx(more, abs=1e-6)
        assert one.measure == "tax and fees"
    assert sum(one.best_for for one in summed.policies) == len(verdicts)
    dearest = sorted(
        max(other["costs_more"]["mean"] for other in verdict["others"]) for verdict in verdicts
    )
    assert [one.costs_more for one in summed.losers] == pytest.approx(dearest[::-1], abs=1e-9)
    cheapest = min(summed.policies, key=lambda one: one.costs_more or 0.0)
    told = mbdr("summary", tmp_path / "r").stdout
    assert re.search(rf"^{cheapest.policy} \*", told, re.MULTILINE)
    assert "of tax and fees over 8 scenarios" in " ".join(told.split())


def test_where_nothing_grows_no_policy_avoids_anything(tmp_path: Path) -> None:
    file = template(tmp_path, "returns: {annual_return: 0%}\n")
    simulator.batch(file, tmp_path / "r", workers=1)
    words = "No policy that converts everything avoids taxable earnings here"
    assert words in mbdr("summary", tmp_path / "r").stdout


def test_a_view_that_is_none_is_refused_with_those_that_are(people: Path) -> None:
    with pytest.raises(ValueError, match=r"'result' is not a view of the results; write one of"):
        frame(people, "result")


def test_a_batch_keeps_wealth_after_tax_where_it_is_asked_for(tmp_path: Path) -> None:
    settings = ["taxes={federal: 24%}", "wealth={outside_return: 4%, hold: 10}"]
    emily = ROOT / "scenarios" / "emily.yaml"
    simulator.batch(emily, tmp_path / "r", settings=settings, workers=1)
    total = compare(load(emily, settings)).to_dict()["policies"][0]["total"]
    with sqlite3.connect(tmp_path / "r" / "results.sqlite") as database:
        kept = database.execute(
            "SELECT wealth_mean, wealth_over_taxable_p95 FROM totals WHERE place = 0"
        ).fetchone()
    assert kept == (total["wealth"]["mean"], total["wealth_over_taxable"]["p95"])


def test_a_workbook_has_the_rows_of_the_csv_and_what_varies_as_numbers(
    people: Path, tmp_path: Path
) -> None:
    assert mbdr("export", people, "-o", tmp_path / "people.xlsx").exit_code == 0
    book = load_workbook(tmp_path / "people.xlsx")
    assert book.sheetnames == ["results", "results_total", "results_contributions"]
    export(people, tmp_path / "totals.csv", "results_total")
    with (tmp_path / "totals.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    header, *cells = book["results_total"].iter_rows(values_only=True)
    assert [str(name) for name in header] == list(rows[0])
    for row, values in zip(rows, cells, strict=True):
        there = dict(zip(rows[0], values, strict=True))
        assert there["box_2a_mean"] == float(row["box_2a_mean"])
        assert there["pay.salary"] == int(row["pay.salary"].replace("_", ""))
        assert there["plan.match.0.rate"] == float(row["plan.match.0.rate"].rstrip("%")) / 100
        assert (there["name"], there["#department"]) == (row["name"], row["#department"])


def test_a_workbook_has_the_view_that_is_asked_for(people: Path, tmp_path: Path) -> None:
    count = export(people, tmp_path / "people.xlsx", "results_contributions")
    book = load_workbook(tmp_path / "people.xlsx", read_only=True)
    assert book.sheetnames == ["results_contributions"]
    assert sum(1 for _ in book["results_contributions"].iter_rows()) == count + 1


def test_a_summary_is_a_workbook(people: Path, tmp_path: Path) -> None:
    assert mbdr("summary", people, "-o", tmp_path / "sum.xlsx").exit_code == 0
    book = load_workbook(tmp_path / "sum.xlsx")
    header, *rows = book["policies"].iter_rows(values_only=True)
    told = summary(people).to_dict()["policies"]
    assert [row[list(header).index("total")] for row in rows] == [one["total"] for one in told]
