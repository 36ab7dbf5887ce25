"""A batch: what is answered, under which key, what is reported, and that engines do not matter."""

import json
import re
import sqlite3
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import simulator
from simulator.batches.export import frame
from simulator.batches.job import Job, key
from simulator.batches.run import Batch
from simulator.batches.sources import sources
from simulator.batches.table import Table, UnusableTable
from simulator.batches.what_varies import NoJobs
from simulator.batches.workers import Processes
from simulator.scenario.loading import load
from tests.batches import ROOT, TEMPLATE, UNEVEN, company, exported, template

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def processes(here: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    """Workers that are processes of their own, after all."""
    monkeypatch.setattr("simulator.batches.run.Processes", Processes)


def batch(*places: Path, to: Path, workers: int = 1, **how: Any) -> Batch:
    return simulator.batch(places, to, workers=workers, **how)


def test_each_row_holds_every_statistic_of_compare(tmp_path: Path) -> None:
    file = template(tmp_path, UNEVEN)
    rows = batch(file, to=tmp_path / "r").to_frame()
    expected = list(simulator.compare(simulator.load(file)).rows())
    for told in expected:
        row = rows[(rows.policy == told["policy"]) & (rows.year == told["year"])].iloc[0]
        assert {name: row[name] for name in told} == told


def test_one_line_of_pandas_reads_the_results(tmp_path: Path) -> None:
    import pandas as pd

    batch(template(tmp_path), to=tmp_path / "r")
    connection = sqlite3.connect(tmp_path / "r" / "results.sqlite")
    frame = pd.read_sql("SELECT * FROM results", connection)
    connection.close()
    assert list(frame.policy) == ["per-paycheck", "monthly", "year-end", "never"]


@pytest.mark.usefixtures("processes")
def test_a_folder_of_40_files_with_4_broken_answers_36(tmp_path: Path) -> None:
    folder = tmp_path / "clients"
    folder.mkdir()
    for n in range(40):
        text = TEMPLATE.replace("150_000", f"{90_000 + n}")
        if n % 10 == 3:
            text = text.replace("biweekly", "biweekley")
        (folder / f"{n:03}.yaml").write_text(text)
    done = batch(folder, to=tmp_path / "r", workers=2)
    assert (done.jobs, done.failed) == (40, 4)
    assert len(set(done.to_frame().source)) == 36
    lines = (tmp_path / "r" / "errors.jsonl").read_text().splitlines()
    first = json.loads(lines[0])
    assert len(lines) == 4
    assert (first["file"], first["line"], first["field"]) == (
        str(folder / "003.yaml"),
        4,
        "pay.frequency",
    )
    assert "did you mean 'biweekly'?" in first["message"]


def test_a_table_says_file_row_and_why_of_each_bad_row(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    rows = [
        "name,pay.salary,elections.after_tax",
        "Good,100_000,5%",
        "Bad salary,a lot,5%",
        "Bad share,100_000,12",
        "Too short,100_000",
        '"Two\nlines",100_000,5%',
        "\xff\xfe,1,1",
        ",100_000,5%",
    ]
    table.write_bytes("\n".join(rows).encode("latin-1"))
    done = batch(template(tmp_path), to=tmp_path / "r", table=table)
    told = done.failures()
    assert done.failed == 4
    assert list(zip(told.line, told.column, strict=True)) == [(3, 2), (4, 3), (5, 1), (8, 1)]
    assert set(told.file) == {str(table)}
    assert told.message[0].startswith("'a lot' is not an amount of dollars")
    assert "did you mean 12%?" in told.message[1]
    assert told.message[2] == "2 cells; the header has 3"
    assert told.message[3] == "not UTF-8; save the file as UTF-8"
    assert set(done.to_frame().name) == {"Good", "Two\nlines", "Template"}


def test_a_list_that_is_not_closed_is_told_with_the_place_of_its_cell(tmp_path: Path) -> None:
    """With all else that is wrong in its row; a key that stands twice in a cell is told alike."""
    table = tmp_path / "people.csv"
    table.write_text(
        'policies,pay.salary\n"[monthly",a lot\n"[{delay: 1, delay: 2}]",1\n"{never: ""a}",1\n'
    )
    done = batch(template(tmp_path), to=tmp_path / "r", table=table)
    told = done.failures()
    early = "not YAML: the text ends too early; a"
    places = zip(told.line, told.column, told.field, strict=True)
    assert list(zip(places, told.message, strict=True)) == [
        ((2, 1, "policies"), f"{early} bracket [ is not closed"),
        ((2, 2, "pay.salary"), told.message[1]),
        ((3, 1, "policies.0.delay"), "the key stands twice"),
        ((4, 1, "policies"), f"{early} quotation mark is not closed"),
    ]
    lines = (done.folder / "errors.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["file"] for line in lines] == [str(table)] * 4


def test_an_empty_cell_leaves_what_the_template_says(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("name,pay.salary\nA,\nB,150_000\n")
    rows = batch(template(tmp_path), to=tmp_path / "r", table=table).to_frame()
    one, other = (rows[rows.name == name].box_2a_mean.tolist() for name in "AB")
    assert one == other


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (
            "name,pay.salry",
            "people.csv:1:2: pay.salry: unknown key 'salry'; did you mean 'salary'?",
        ),
        ("name,name", "people.csv:1:2: the column 'name' stands twice"),
        ("name,", "people.csv:1:2: '' is no field"),
        ('name,"#a""b"', "people.csv:1:2: the name of column 2 is not plain text without quotes"),
        ("name,years.x.y", "people.csv:1:2: years is '2025'"),
        ("", "no header"),
        (
            "Badge,Shift",
            "people.csv:1:1: no column is called like a field or like one of an HR export",
        ),
        (
            "Salary,Annual Base Pay",
            "people.csv:1:2: the columns 'Salary' and 'Annual Base Pay' are both pay.salary; give one",
        ),
    ],
)
def test_a_column_that_is_no_field_is_refused_once(tmp_path: Path, header: str, said: str) -> None:
    table = tmp_path / "people.csv"
    table.write_text(f"{header}\nA,1\n")
    with pytest.raises(UnusableTable) as refused:
        batch(template(tmp_path), to=tmp_path / "r", table=table)
    assert said in str(refused.value)
    assert not (tmp_path / "r").exists()


def test_grid_times_table_times_templates(tmp_path: Path) -> None:
    table = company(tmp_path, 3)
    done = batch(
        template(tmp_path),
        ROOT / "scenarios" / "emily.yaml",
        to=tmp_path / "r",
        table=table,
        grid=["plan.nonelective=0%,3%", "returns.annual_return=5%:7%:1%"],
        settings=["years=2025"],
    )
    rows = done.to_frame()
    assert done.jobs == 2 * 3 * 2 * 3
    assert set(rows["plan.nonelective"]) == {"0%", "3%"}
    assert set(rows["returns.annual_return"]) == {"5%", "6%", "7%"}
    assert set(rows["pay.salary"]) == {"60000", "60137", "60274"}
    assert rows.groupby("job").ngroups == 36


def test_rows_alike_count_twice_and_a_file_named_twice_once(tmp_path: Path) -> None:
    file, table = template(tmp_path), tmp_path / "people.csv"
    table.write_text("name,pay.salary\nA,100_000\nA,100_000\n")
    assert batch(file, file, to=tmp_path / "one").jobs == 1
    rows = batch(file, to=tmp_path / "two", table=table).to_frame()
    assert rows.groupby("job").ngroups == 2
    assert rows.key.nunique() == 1


def test_columns_with_a_hash_change_nothing_and_are_kept(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("name,#it's a 'team'\nA,[Sales\nB,\n")
    rows = batch(template(tmp_path), to=tmp_path / "r", table=table).to_frame()
    assert set(rows["#it's a 'team'"].dropna()) == {"[Sales"}


HOSTILE = [
    "<script>alert(1)</script>",
    "=1+1",
    "'; DROP TABLE jobs; --",
    "{evil: [",
    "- a: b # c",
    "a\u202eb\x1b[31m",
    "😀" * 3_000,
    'quotes " and \\ and, commas',
]


def test_hostile_names_are_names(tmp_path: Path) -> None:
    import csv

    table = tmp_path / "people <b>.csv"
    with table.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([["name"], *([name] for name in HOSTILE)])
    done = batch(template(tmp_path), to=tmp_path / "r", table=table)
    assert done.failed == 0
    assert set(done.to_frame().name) == set(HOSTILE)
    assert b"'=1+1" in exported(tmp_path / "r")


def test_a_key_depends_on_what_the_scenario_says_not_on_how(tmp_path: Path) -> None:
    def of(text: str) -> str:
        return key(Job("a", str(tmp_path / "a.yaml"), text.encode()).scenario())

    assert of(TEMPLATE) == of("# a comment\n" + TEMPLATE.replace("150_000", "$150000.00"))
    assert of(TEMPLATE) != of(TEMPLATE.replace("150_000", "150_001"))


def test_finished_jobs_are_not_run_again_until_a_file_changes(tmp_path: Path) -> None:
    prices = tmp_path / "fund.csv"
    prices.write_bytes((ROOT / "scenarios/data/invented-fund.csv").read_bytes())
    text = (ROOT / "scenarios" / "own-fund.yaml").read_text().replace("data/invented-fund", "fund")
    (tmp_path / "own.yaml").write_text(text)
    other = template(tmp_path)
    places, to, few = [tmp_path / "own.yaml", other], tmp_path / "r", ["returns.paths=50"]
    assert batch(*places, to=to, settings=few).known == 0
    before = exported(to)
    assert batch(*places, to=to, settings=few).known == 2
    assert exported(to) == before
    lines = prices.read_text().splitlines()
    prices.write_text("\n".join(lines[:-1]) + "\n")
    assert batch(*places, to=to, settings=few).known == 1
    assert exported(to) != before


def test_a_job_that_failed_is_tried_again(tmp_path: Path) -> None:
    file = template(tmp_path)
    file.write_text(TEMPLATE.replace("24%", "240%"))
    assert batch(file, to=tmp_path / "r").failed == 1
    file.write_text(TEMPLATE)
    assert batch(file, to=tmp_path / "r").failed == 0
    assert (tmp_path / "r" / "errors.jsonl").read_text() == ""


def test_the_views_show_the_last_batch_and_its_rows_alone(tmp_path: Path) -> None:
    file, to = template(tmp_path), tmp_path / "r"
    table = company(tmp_path, 4)
    batch(file, to=to, table=table)
    lines = table.read_text().splitlines()
    table.write_text("\n".join([lines[0], *lines[2:]]) + "\n")
    done = batch(file, to=to, table=table)
    assert done.known == 3
    assert set(done.to_frame().name) == {"Employee 1", "Employee 2", "Employee 3"}


@pytest.mark.usefixtures("processes")
def test_one_two_and_three_workers_give_identical_exports(tmp_path: Path) -> None:
    file, table = template(tmp_path), company(tmp_path, 15)
    exports = []
    for workers in (1, 2, 3):
        to = tmp_path / f"r{workers}"
        batch(file, to=to, table=table, workers=workers, grid=["plan.nonelective=0%,3%"])
        exports.append([exported(to, view) for view in ("results", "results_total")])
    assert exports[0] == exports[1] == exports[2]


@pytest.mark.parametrize("parked", ["", ", after_tax: {model: lognormal, volatility: 3%}"])
def test_a_large_scenario_in_pieces_equals_compare_to_the_last_bit(
    tmp_path: Path, parked: str
) -> None:
    uneven = UNEVEN.replace("}", f"{parked}}}")
    file = template(
        tmp_path, f"{uneven}plan: {{basis_after_loss: forfeit, conversion: {{fee: 10}}}}\n"
    )
    whole = batch(file, to=tmp_path / "whole", piece=1 << 40)
    cut = batch(file, to=tmp_path / "cut", piece=1 << 20)
    views = ("results", "results_total", "results_contributions")
    for view in views:
        assert exported(whole.folder, view) == exported(cut.folder, view)
    mean = frame(cut.folder, "results_total").set_index("policy").box_2a_mean["monthly"]
    told = simulator.compare(simulator.load(file)).to_dict()["policies"][1]["total"]
    assert mean == told["box_2a"]["mean"]
    assert not (tmp_path / "cut" / "pieces").exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"places": ["nowhere.yaml"]}, "nowhere.yaml: no such file or folder"),
        ({"places": ["."]}, "no scenario file there"),
        (
            {"grid": ["plan.nonelective"]},
            "^grid plan.nonelective: write it like plan.nonelective=0%,3%",
        ),
        ({"grid": ["years=5:1:1"]}, "does not rise"),
        ({"table": "none.csv"}, "none.csv: cannot be read: No such file"),
        (
            {"grid": ["pay.salary=1", "birth_year=1980", "pay.salary=2"]},
            "^grid pay.salary: is given twice; write all its values behind one",
        ),
        (
            {"grid": ["plan.nonelective=1%", "plan={}"]},
            "^grid plan: would write over plan.nonelective, which the grid varies; leave one of them out",
        ),
        (
            {"settings": ["pay.salary=1"], "grid": ["pay.salary=2,3"]},
            "^grid pay.salary: would write over pay.salary, which is set for every job; leave one",
        ),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_line(
    tmp_path: Path, asked: dict[str, object], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if "places" not in asked:
        asked = {"places": [template(tmp_path)]} | asked
    with pytest.raises((NoJobs, UnusableTable), match=said.replace("(", r"\(")):
        sources(**asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("header", "grid", "said"),
    [
        (
            "pay.salary",
            ["pay.salary=1,2"],
            "grid pay.salary: would write over the column 'pay.salary'",
        ),
        (
            "pay.salary",
            ["pay={}"],
            "grid pay: would write over the column 'pay.salary' of the table",
        ),
        (
            "pay.salary,pay",
            [],
            "people.csv:1:2: the column 'pay' would write over the column 'pay.salar",
        ),
        (
            "pay,pay.salary",
            [],
            "people.csv:1:1: the column 'pay' would write over the column 'pay.salar",
        ),
    ],
)
def test_what_another_field_would_write_over_in_every_job_is_refused(
    header: str, grid: list[str], said: str, tmp_path: Path
) -> None:
    table = tmp_path / "people.csv"
    table.write_text(f"{header}\n{','.join('1' * len(header.split(',')))}\n")
    with pytest.raises((NoJobs, UnusableTable), match=re.escape(said)) as refused:
        sources([template(tmp_path)], table, grid)
    assert "\n" not in str(refused.value)


def test_a_cell_comes_before_what_is_set_and_an_empty_one_leaves_it(tmp_path: Path) -> None:
    """The salary of the first row is its own, of the second what is set."""
    table = tmp_path / "people.csv"
    table.write_text("pay.salary,#n\n60_000,1\n,2\n")
    grid, settings = ["elections.after_tax=1%,2%"], ["pay.salary=90_000"]
    asked = sources([template(tmp_path)], table, grid, settings)
    scenarios = [job.scenario() for job in asked.jobs()]
    salaries = [one.pay.salary for one in scenarios if one.pay]
    assert salaries == [60_000_00] * 2 + [90_000_00] * 2


def test_a_grid_may_vary_a_part_of_what_a_column_says(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("elections\n{pre_tax: 5%}\n{pre_tax: 6%}\n")
    asked = sources([template(tmp_path)], table, ["elections.after_tax=1%,2%"])
    chosen = [job.scenario().elections for job in asked.jobs()]
    shares = [(one.pre_tax, one.after_tax) for one in chosen]
    percents = [(5, 1), (5, 2), (6, 1), (6, 2)]
    assert shares == [(Fraction(one, 100), Fraction(other, 100)) for one, other in percents]


def test_jobs_are_made_as_they_are_needed(tmp_path: Path) -> None:
    asked = sources([template(tmp_path)], grid=["pay.salary=1:2000:1", "birth_year=1901:2000:1"])
    assert asked.count() == 200_000
    assert next(asked.jobs()).varied == '{"pay.salary": "1", "birth_year": "1901"}'


def test_a_bracket_that_is_not_closed_is_told_with_its_row_and_column(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("name,policies\nA,[monthly]\nB,[monthly\n")
    done = simulator.batch(template(tmp_path), tmp_path / "r", table=table, workers=1)
    assert (done.jobs, done.failed) == (2, 1)
    (told,) = done.failures().itertuples()
    assert (told.line, told.column, told.field) == (3, 2, "policies")
    assert told.message == "not YAML: the text ends too early; a bracket [ is not closed"


def test_a_parquet_table_has_its_values_as_a_csv_would(tmp_path: Path) -> None:
    import duckdb

    file = str(tmp_path / "people.parquet")
    query = (
        "SELECT true AS \"plan.true_up\", ['monthly', 'never'] AS policies, NULL AS notes, "
        '5.5 AS "pay.salary"'
    )
    duckdb.execute(f"COPY ({query}) TO '{file}'")
    (row,) = Table(Path(file)).rows()
    assert [(cell.field, cell.text) for cell in row.cells] == [
        ("plan.true_up", "true"),
        ("policies", '["monthly", "never"]'),
        ("pay.salary", "5.5"),
    ]


def test_a_folder_has_no_hidden_scenarios(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    template(folder)
    (folder / ".hidden.yaml").write_text("not: looked at\n")
    (folder / ".git").mkdir()
    template(folder / ".git")
    assert len(list(sources([folder]).jobs())) == 1


def test_a_template_that_is_no_scenario_is_told_once_and_not_for_each_row(tmp_path: Path) -> None:
    file, table = tmp_path / "template.yaml", company(tmp_path, 3)
    file.write_text("name: [\n")
    with pytest.raises(NoJobs, match=r"template\.yaml:2:1: not YAML"):
        sources([file], table=table)
    with pytest.raises(NoJobs, match=r"nowhere\.yaml: no such file or folder"):
        sources([tmp_path / "nowhere.yaml"], table=table)


def test_what_is_taken_of_a_file_is_part_of_the_question_and_its_bytes_are(tmp_path: Path) -> None:
    """Another filter is another answer; an equal file by another name is none."""
    rows = "Date,Source,Amount\n2025-01-17,AFTER-TAX,100\n2025-01-17,PRE-TAX,70\n"
    for name in ("h.csv", "same.csv"):
        (tmp_path / name).write_text(rows)
    head = "name: a\nyears: 2025\nbirth_year: 1990\nreturns: {annual_return: 0%}\npolicies: [year-end]\n"
    file = tmp_path / "a.yaml"

    def put_in(name: str, source: str) -> tuple[int, float]:
        file.write_text(f"{head}deposits: {{file: {name}, where: {{Source: [{source}]}}}}\n")
        done = batch(file, to=tmp_path / "r")
        return done.known, float(done.to_frame().box_5_mean.sum())

    assert put_in("h.csv", "AFTER-TAX") == (0, 100.0)
    assert put_in("h.csv", "PRE-TAX") == (0, 70.0)
    assert key(load(file)) == key(load(file, ["deposits.file=same.csv"]))
    (tmp_path / "h.csv").write_text(rows.replace("70", "80"))
    assert put_in("h.csv", "PRE-TAX") == (0, 80.0)
    assert put_in("h.csv", "PRE-TAX") == (1, 80.0)


def test_a_table_that_is_written_anew_has_its_new_header(tmp_path: Path) -> None:
    """It is looked for once as long as the file stays as it was, and no longer."""
    file = tmp_path / "people.csv"
    table = Table(file)
    for header in ("name,pay.salary", "name,elections.after_tax", "name,pay.salary"):
        file.write_text(f"{header}\nEmily,{'9' * len(header)}\n")
        assert table.columns() == header.split(",")
