"""The command line: what it prints, where, and how it ends."""

import csv
import io
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import COMMANDS, cli
from tests.batches import template
from tests.commands import Run, mbdr
from tests.documents import EMILY

ROOT = Path(__file__).parents[2]
EMILY_FILE = ROOT / "scenarios" / "emily.yaml"

COUNTED = re.compile(r"[\d,]+ of [\d,]+ paths")
"""How a line of progress begins."""


def answer(*arguments: str) -> str:
    """What a command prints, run in this process."""
    result = CliRunner().invoke(cli, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_without_arguments_it_says_where_to_start(main: Run) -> None:
    result = main()
    assert result.status == 0
    assert "mbdr new my.yaml" in result.stdout


def test_the_table_marks_the_cheapest_policy_and_says_what_waiting_costs() -> None:
    table = answer("compare", str(EMILY_FILE))
    assert "per-paycheck *" in table
    sentence = " ".join(table.split())
    assert (
        "Convert after each paycheck: against converting at the year's end it saves $709 of taxable "
        "earnings, "
        "if the fund grows evenly by 7% a year; uneven years tax more on average." in sentence
    )


@pytest.mark.parametrize("command", ["compare", "check", "payroll"])
def test_nothing_is_cut_at_80_columns(command: str) -> None:
    table = answer(command, str(EMILY_FILE))
    assert max(len(line) for line in table.splitlines()) <= 80
    assert "…" not in table


def test_every_figure_of_emily_is_in_the_json() -> None:
    found = json.loads(answer("compare", str(EMILY_FILE), "--format", "json"))
    assert found["schema"] == 1
    forms = {
        (policy["policy"], year["year"]): (year["box_1"]["mean"], year["box_2a"]["mean"])
        for policy in found["policies"]
        for year in policy["years"]
    }
    assert forms == {
        ("per-paycheck", 2025): (20_000.00, 0.00),
        ("per-paycheck+3d", 2025): (20_011.88, 11.88),
        ("monthly", 2025): (20_051.58, 51.58),
        ("quarterly", 2025): (20_170.65, 170.65),
        ("year-end", 2025): (20_709.49, 709.49),
        ("per-paycheck+30d", 2025): (18_568.46, 100.94),
        ("per-paycheck+30d", 2026): (1_547.47, 14.99),
    }
    keys = {"mean", "sd", "se", "p5", "p25", "p50", "p75", "p95"}
    total = found["policies"][0]["total"]
    assert set(total["box_1"]) == keys
    assert set(total["box_2a"]) == keys | {"zero_share"}


def test_contributions_are_as_the_contract_shows_them() -> None:
    """Source: the example of the JSON contract, rounded paycheck by paycheck."""
    text = answer("compare", str(EMILY_FILE), "--format", "json", "--set", "pay.rounding=paycheck")
    (year,) = json.loads(text)["contributions"]
    expected = {
        "year": 2025, "paychecks": 26, "gross": 200000.06, "pre_tax": 23500.00, "roth": 0.00,
        "catch_up": 0.00, "match": 0.00, "nonelective": 6000.02, "after_tax": 19999.98,
        "annual_additions": 49500.00, "annual_additions_limit": 70000.00,
        "elective_deferral_limit": 23500.00, "catch_up_limit": 0.00, "room": 40499.98,
        "room_unused": 20500.00, "first_clipped": {"elective_deferral": "2025-12-19"},
    }  # fmt: skip
    assert {name: year[name] for name in expected} == expected


def test_csv_has_one_row_for_each_policy_and_year() -> None:
    rows = list(csv.DictReader(io.StringIO(answer("compare", str(EMILY_FILE), "--format", "csv"))))
    assert len(rows) == 7
    assert rows[2]["policy"] == "monthly"
    assert float(rows[2]["box_2a_mean"]) == 51.58


def test_the_form_has_whole_dollars_on_lines_5a_and_5b() -> None:
    records = json.loads(
        answer("form", str(EMILY_FILE), "--policy", "per-paycheck+30d", "--format", "json")
    )
    assert [
        (one["year"], one["box_7"], one["form_1040_5a"], one["form_1040_5b"]) for one in records
    ] == [(2025, "G", 18_568, 101), (2026, "G", 1_547, 15)]


def test_the_ledger_ends_where_the_comparison_does() -> None:
    postings = json.loads(
        answer("ledger", str(EMILY_FILE), "--policy", "quarterly", "--format", "json")
    )
    conversions = [one for one in postings if one["event"] == "conversion"]
    assert len(conversions) == 4
    assert round(sum(one["taxable"] for one in conversions), 2) == 170.65
    assert sum(one["event"] == "deposit" for one in postings) == 26


def test_the_payroll_shows_the_paycheck_that_the_limit_clipped() -> None:
    paychecks = json.loads(answer("payroll", str(EMILY_FILE), "--format", "json"))
    assert len(paychecks) == 26
    assert paychecks[-1]["pre_tax"] == 423.08
    assert paychecks[-1]["clipped"] == {"elective_deferral": 500.0}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--paths", "5000"],
            "--paths changes nothing with constant returns, which have one path\n",
        ),
        (
            ["--set", "returns.volatility=30%", "--paths", "9", "--seed", "9"],
            "--set returns.volatility, --paths, --seed change nothing with constant returns, which have "
            "one path\n",
        ),
        (
            ["--set", "returns={model: history, start: each}", "--seed", "9"],
            "--seed changes nothing with history returns, whose paths are its start years\n",
        ),
        (
            [
                "--set",
                "returns.model=bootstrap",
                "--set",
                "returns.annual_return=1%",
                "--paths",
                "9",
            ],
            "--set returns.annual_return changes nothing with bootstrap returns\n",
        ),
        (["--paths", "5000", "-q"], ""),
        (["--set", "returns.model=lognormal", "--paths", "9", "--seed", "9"], ""),
        (["--set", "returns.annual_return=5%"], ""),
        ([], ""),
    ],
)
def test_what_the_returns_do_not_read_is_said_in_a_line(arguments: list[str], said: str) -> None:
    """And the figures are those without it."""
    done = CliRunner().invoke(cli, ["compare", str(EMILY_FILE), *arguments, "--format", "json"])
    lines = [line for line in done.stderr.splitlines(True) if not COUNTED.match(line)]
    assert (done.exit_code, "".join(lines)) == (0, said)
    if said.startswith("--paths"):
        without = json.loads(answer("compare", str(EMILY_FILE), "--format", "json"))
        assert json.loads(done.stdout)["policies"] == without["policies"]


def test_paths_are_not_called_useless_where_the_model_varies() -> None:
    sweep = ["sweep", str(EMILY_FILE), "--vary", "returns.model=constant,lognormal", "--paths", "8"]
    done = CliRunner().invoke(cli, sweep)
    assert done.exit_code == 0
    assert "nothing" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--paths", "5"], "--paths changes nothing with constant returns"),
        (
            ["--paths", "5", "--seed", "3", "EACH_YEAR"],
            "--paths, --seed change nothing with constant or history returns",
        ),
        (["--paths", "5", "--grid", "returns.model=constant,lognormal"], ""),
        (["--set", "returns.annual_return=5%"], ""),
        (["--paths", "5", "-q"], ""),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_batch_says_what_no_scenario_of_it_reads(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    history = template(tmp_path, "returns: {model: history, start: each}\n")
    more = [one.replace("EACH_YEAR", str(history)) for one in arguments]
    call = ["batch", str(EMILY_FILE), "-o", str(tmp_path / "r"), "--workers", "1", *more]
    done = CliRunner().invoke(cli, call)
    assert done.exit_code == 0
    told = [line for line in done.stderr.splitlines() if "nothing" in line]
    assert told == ([said] if said else [])


def test_a_scenario_can_come_from_standard_input() -> None:
    """In a process of its own."""
    result = mbdr("compare", "-", "--format", "json", stdin=json.dumps(EMILY).encode())
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["scenario"]["file"] == "<stdin>"


def test_a_policy_that_leaves_everything_behind_is_never_the_cheapest() -> None:
    table = answer("compare", str(EMILY_FILE), "--set", "policies=[monthly, year-end, never]")
    assert "monthly *" in table
    assert "never *" not in table


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["compare", "no-such-file.yaml"], "no-such-file.yaml: No such file or directory"),
        (["compare", "scenarios/emly.yaml"], "did you mean scenarios/emily.yaml?"),
        (["compare", "scenarios"], "scenarios: Is a directory"),
        (
            ["compare", "scenarios/emily.yaml", "--set", "pay.salary=lots"],
            "not an amount of dollars",
        ),
        (["compare", "scenarios/emily.yaml", "--set", "years"], "write it like --set pay.salary"),
        (["compare", "scenarios/emily.yaml", "-o", "/no/such/folder/x"], "cannot be written"),
        (["compare", "scenarios/emily.yaml", "--paths", "0"], "1 to 100,000,000"),
        (["ledger", "scenarios/emily.yaml"], "which policy? write one of these:\nmbdr ledger"),
        (["ledger", "scenarios/emily.yaml", "--policy", "mont"], "did you mean 'monthly'?"),
        (["form", "scenarios/emily.yaml", "--year", "2031"], "there are forms for 2025, 2026"),
        (["limits", "2030"], "add --inflation 2.5%"),
        (["limits", "1e3"], "'1e3' is not a year; write 2013 to 2080"),
        (["ledger", "x.yaml", "--path", "-1"], "'-1' is out of range; write 0 or more"),
        (["summary", "scenarios/emily.yaml"], "this is a file; name the folder of a batch"),
        (["limits", "2030", "--inflation", "25"], "did you mean 25%?"),
        (["compare"], "Missing argument 'SCENARIO'"),
        (["compare", ""], "the name is empty; name a scenario file"),
        (["batch", "scenarios/emily.yaml", "-o", ""], "the name is empty; write one"),
        (["batch", "", "-o", "/no/such/folder"], "a name is empty; write one, or . for the folder"),
        (["remind", "scenarios/emily.yaml"], "which policy? write one of these:\nmbdr remind"),
        (["bogus"], "'bogus' is not a command"),
        (["limts"], "did you mean 'limits'?"),
        (["plot", "scenarios/emily.yaml", "--kind", "cadense"], "did you mean 'cadence'?"),
        (["compare", "scenarios/emily.yaml", "--format", "jsn"], "did you mean 'json'?"),
    ],
)
def test_a_users_mistake_ends_in_a_line_and_status_2(
    arguments: list[str], says: str, monkeypatch: pytest.MonkeyPatch, main: Run
) -> None:
    monkeypatch.chdir(ROOT)
    result = main(*arguments)
    assert result.status == 2
    assert says in result.stderr
    assert result.stdout == ""


def test_the_question_which_policy_is_answered_by_commands_that_run(
    tmp_path: Path, main: Run
) -> None:
    policies = '[monthly, {cadence: year-end, label: "Ann\'s way; $5"}, year-end]'
    asked = ("remind", EMILY_FILE, "--set", f"policies={policies}", "-o", tmp_path / "to do.ics")
    question = main(*asked)
    assert question.status == 2 and not list(tmp_path.iterdir())
    first, *commands = question.stderr.splitlines()
    assert first == "which policy? write one of these:"
    chosen = []
    for command in commands:
        program, *words = shlex.split(command)
        assert program == "mbdr"
        assert main(*words).status == 0
        chosen.append(words[words.index("--policy") + 1])
    assert chosen == ["monthly", "Ann's way; $5", "year-end"]


def test_output_is_written_whole_and_announced_on_standard_error(tmp_path: Path, main: Run) -> None:
    file = tmp_path / "out.json"
    result = main("compare", EMILY_FILE, "--format", "json", "-o", file)
    assert result.stdout == ""
    assert result.stderr == f"wrote {file}\n"
    assert json.loads(file.read_text())["schema"] == 1
    assert list(tmp_path.iterdir()) == [file]


def test_the_starter_validates_as_it_stands_and_is_not_overwritten(
    tmp_path: Path, main: Run
) -> None:
    file = tmp_path / "my.yaml"
    assert main("new", file).status == 0
    assert main("compare", file).status == 0
    again = main("new", file)
    assert again.status == 2
    assert "exists already" in again.stderr


def test_every_command_has_an_example_in_its_help_and_no_line_is_wider_than_a_terminal() -> None:
    for name in COMMANDS:
        told = answer(name, "--help")
        assert f"mbdr {name}" in told, name
        assert max(map(len, told.splitlines())) <= 80, name
    assert max(map(len, answer().splitlines())) <= 80


def test_limits_name_their_notice() -> None:
    assert "Notice 2025-67" in answer("limits", "2026")
    assert "projected from 2026" in answer("limits", "2028", "--inflation", "2.5%")


def test_limits_have_the_income_tax_tables_of_the_years_asked_for() -> None:
    """Rev. Proc. 2025-32: a joint return's 24% bracket ends at 403,550; 2017 has no table here."""
    table = answer("limits", "2017", "2026")
    assert "Rev. Proc. 2025-32" in table
    assert "2026   joint      24,800   100,800   211,400   403,550   512,450   768,700" in table
    assert "2017   joint" not in table
    assert max(map(len, table[table.index("Income tax") :].splitlines())) <= 80
    earlier, year = json.loads(answer("limits", "2017", "2026", "--format", "json"))
    assert "income_tax" not in earlier
    assert year["income_tax"]["married-joint"]["to_24"] == 403_550
    rows = list(
        csv.DictReader(
            io.StringIO(answer("limits", "2030", "--format", "csv", "--inflation", "2.5%"))
        )
    )
    assert rows[0]["income_tax_single_standard"] == "17750.0"
    assert "2025   single" not in answer("limits")


def test_help_names_no_option_that_says_nothing_to_a_command() -> None:
    for name, option in (
        ("plot", "--format"),
        ("report", "--format"),
        ("limits", "-v,"),
        ("read", "-v,"),
    ):
        assert option not in answer(name, "-h")
    assert "--format" in answer("form", "-h")


def test_a_number_is_called_a_whole_number_where_it_has_to_be_one() -> None:
    for name in ("app", "batch", "best", "plot"):
        assert " WHOLE NUMBER " in answer(name, "-h")
        assert "INTEGER" not in answer(name, "-h")
    assert "'1.5' is not a valid whole number." in mbdr("best", "x.yaml", "--paths", "1.5").stderr


def test_help_has_what_few_need_apart() -> None:
    _, first, more = re.split("\n(?:Options|More options):\n", answer("compare", "-h"))
    assert "--all" in first and "--set" in first
    assert not re.search("--(engine|seed|paths|no-color)", first)
    assert all(option in more for option in ("--engine", "--seed", "--paths", "--no-color"))


def test_the_list_of_commands_cuts_no_sentence_short() -> None:
    lines = answer("-h").splitlines()
    assert not any(line.startswith("  ") and line.endswith("...") for line in lines)
    assert max(map(len, lines)) <= 80


def test_a_report_on_a_terminal_becomes_a_file_and_never_takes_the_place_of_one(
    main: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("simulator.presentation.page", lambda _: "<!doctype html>")
    asked = ("report", EMILY_FILE)
    assert main(*asked).stdout == "<!doctype html>"
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(*asked) == (0, "", "wrote emily.html\n")
    Path("emily.html").write_text("mine")
    Path("emily-2.pdf").touch()
    assert main(*asked) == (0, "", "wrote emily-3.html\n")
    assert Path("emily.html").read_text() == "mine"
    assert main(*asked, "-o", "-").stdout == "<!doctype html>"


COUPLE = str(ROOT / "scenarios" / "california-couple.yaml")


def test_a_computed_tax_leaves_the_answer_on_one_screen_and_v_tells_what_it_rests_on() -> None:
    """Five policies fit in 24 lines of 80 columns, the rates and a hint included."""
    five = "policies=[per-paycheck, monthly, quarterly, semiannual, year-end]"
    table = answer("compare", COUPLE, "--set", five)
    assert len(table.splitlines()) <= 24
    assert max(map(len, table.splitlines())) <= 80
    words = " ".join(table.split())
    assert "bears 24% federal and 9.3% California tax in 2025." in words
    assert "The answer rests on 8 assumptions; -v tells them." in words
    assert "Income tax base, married filing jointly" in answer("compare", COUPLE, "--all")
    told = " ".join(answer("compare", COUPLE, "-v").split())
    assert "alternative minimum tax" in told
    assert "-v tells them" not in told


def test_a_table_of_another_year_is_told_wherever_there_is_a_place(main: Run) -> None:
    """On standard error, where a CSV has none."""
    late = ["--set", "years=2026", "--set", "policies=[{cadence: per-paycheck, delay: 40}]"]
    words = "The income tax table of 2027 is not published here"
    for command in ("compare", "check"):
        assert words in " ".join(answer(command, COUPLE, *late).split())
    assert words in main("compare", COUPLE, *late, "--format", "csv").stderr


def test_the_schema_is_the_one_that_the_scenarios_name() -> None:
    shipped = json.loads((ROOT / "scenarios" / "scenario.schema.json").read_text())
    assert json.loads(answer("schema")) == shipped


def test_a_closed_pipe_is_no_error() -> None:
    script = f"{sys.executable} -m simulator payroll {EMILY_FILE} | head -1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, cwd=ROOT, check=False)
    assert done.stderr == b""
    assert done.stdout.startswith(b"Payroll 2025")


def test_an_interrupt_ends_with_one_line_and_status_130_and_leaves_nothing_half(
    tmp_path: Path,
) -> None:
    """The first line of progress says that the work is under way."""
    file = tmp_path / "out.json"
    arguments = ["compare", str(EMILY_FILE), "--set", "returns.model=lognormal", "-o", str(file)]
    work = subprocess.Popen(
        [sys.executable, "-m", "simulator", *arguments, "--paths", "4_000_000"],
        stderr=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert work.stderr is not None
    first = work.stderr.readline()
    assert " of 4,000,000 paths, about " in first
    work.send_signal(signal.SIGINT)
    _, rest = work.communicate()
    assert work.returncode == 130
    assert rest.splitlines()[-1:] == ["interrupted"]
    assert [line for line in rest.splitlines()[:-1] if " of 4,000,000 paths, " not in line] == []
    assert list(tmp_path.iterdir()) == []


def test_a_table_needs_neither_numpy_nor_pandas_nor_matplotlib() -> None:
    code = (
        "import sys; from simulator.cli import cli; "
        f"cli.main(['compare', {str(EMILY_FILE)!r}], standalone_mode=False); "
        "print(sorted({'numpy', 'pandas', 'matplotlib'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True, text=True
    )
    assert done.stderr == "[]\n"


@pytest.mark.parametrize("arguments", [["sweep", "--delay", "0:730:1"], ["plot"]])
def test_an_interrupt_of_other_commands_is_one_line(arguments: list[str], tmp_path: Path) -> None:
    name, *rest = arguments
    paths = "200_000" if name == "sweep" else "4_000_000"
    file = tmp_path / ("x.svg" if name == "plot" else "x")
    many = ["--set", "returns.model=lognormal", "--paths", paths, "-o", str(file)]
    work = subprocess.Popen(
        [sys.executable, "-m", "simulator", name, str(EMILY_FILE), *rest, *many],
        stderr=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert work.stderr is not None
    assert " paths, about " in work.stderr.readline()
    work.send_signal(signal.SIGINT)
    _, rest_of_it = work.communicate()
    assert work.returncode == 130
    lines = [line for line in rest_of_it.splitlines() if not COUNTED.match(line)]
    assert lines == ["interrupted"]
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_is_no_mistake() -> None:
    work = subprocess.Popen(
        [sys.executable, "-m", "simulator", "ledger", str(EMILY_FILE), "--policy", "monthly"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert work.stdout is not None
    work.stdout.close()
    assert work.stderr is not None
    assert work.stderr.read() == b""
    work.stderr.close()
    assert work.wait() == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["compare", "EMILY", "--until", "abc"], "'abc' is no amount above 0; write dollars like 1"),
        (["compare", "EMILY", "--until", "nan"], "'nan' is no amount above 0"),
        (["compare", "EMILY", "--paths", "abc"], "compare -h explains)"),
        (["compare", "EMILY", "-o", "nowhere/x.txt"], "there is no folder nowhere"),
        (["compare", "EMILY", "-o", "x.pdf"], "this command writes text"),
        (["compare", "EMILY", "-o", "x.foo"], "end the file in .csv, .json, .md, .txt or .xlsx"),
        (
            ["form", "EMILY", "-o", "x.foo"],
            "in .csv, .json, .md, .pdf, .png, .svg, .txt or .xlsx",
        ),
        (["remind", "EMILY", "--policy", "monthly", "-o", "x.foo"], "in .csv, .ics, .json, .md, "),
        (["limits", "2025", "-o", "x.foo"], "x.foo: this command writes text or a workbook"),
        (["schema", "-o", "x.foo"], "x.foo: a schema is JSON; end the file in .json"),
        (["audit", "EMILY", "--form", "EMILY", "--letter", "x.doc"], "--letter x.doc: is text; end"),
        (["plot", "EMILY", "-o", "x.gif"], "x.gif: write a file that ends in .png or .svg or .pdf"),
        (["plot", "EMILY"], "where to? add -o FILE.png"),
        (["plot", "EMILY", "-o", "-"], "where to? add -o FILE.png"),
        (["batch", "EMILY", "-o", "-"], "-o -: results are a folder; name one"),
        (["plot", "EMILY", "-o", "x.svg", "--format", "csv"], "--format csv says nothing to a pic"),
        (["form", "EMILY", "-o", "x.jpg"], "this command writes text"),
        (["form", "EMILY", "-o", "x.png", "--format", "json"], "says nothing to a picture"),
        (["report", "EMILY", "-o", "x.pdf"], "a report is a page; end its file in .html"),
        (["remind", "EMILY", "--policy", "monthly", "-o", "x.ics", "--format", "json"], "a calendar"),
        (["ledger", "EMILY", "--policy", "monthly", "--path", "3"], "no path 3; there is one, 0"),
        (
            ["plot", "EMILY", "--kind", "balance", "--path", "3", "-o", "x.svg"],
            "--path: there is no path 3; there is one, 0",
        ),
        (
            ["ledger", "EMILY", "--policy", "monthly", "--set", "returns.model=garch",
             "--path", "9999999999999999999999"],
            "there are 100,000,000, 0 to 99,999,999",
        ),
        (["compare", "EMILY", "--set", "returns.model=lognormal", "--paths", "100_000_000"], "GB"),
        (["sweep", "EMILY", "--delay", "\u00b2"], "--delay: '\u00b2' are no delays; write days from"),
        (["sweep", "EMILY", "--delay", "1\x1b,\n2"], "--delay: '1\\x1b,\\n2' are no delays"),
        (["sweep", "EMILY"], "what shall vary? add --delay 0:365:5 or --vary FIELD=VALUES"),
        (["sweep", "EMILY", "--vary", "years"], "'years' names no values; write FIELD=START:STOP"),
        (
            ["plot", "EMILY", "--kind", "delay", "--vary", "taxes.federal=0%:30%:0.5%", "-o", "x.svg", "-q"],
            "61 values are too many for a picture; at most 60",
        ),
        (["report", "EMILY", "--format", "json"], "a report is a page; for --format see mbdr compare"),
        (["sweep", "EMILY", "--vary", "years=::"], "--vary: '::' is not a range"),
        (["sweep", "EMILY", "--vary", "delay=1,2"], "write --delay 1,2"),
        (
            ["sweep", "EMILY", *("--vary", "plan.x=1") * 3],
            "two fields at most",
        ),
        (
            ["sweep", "EMILY", "--policy", "monthly", "--vary", "years=2024,2025-2026"],
            f"--vary years=2024: {EMILY_FILE}:17:19: pay.first_pay_date: 2025-01-03 is after the years",
        ),
        (["sweep", "EMILY", "--vary", "policies=[monthly"], "--vary policies: not YAML: the text ends"),
        (["sweep", "EMILY", "--vary", "plan.x=1"], "--vary plan.x: unknown key 'x'"),
        (["sweep", "EMILY", "--vary", "foo.bar=1,2"], "--vary foo.bar: foo: unknown key 'foo' ("),
        (["sweep", "EMILY", "--delay", "0,9", "--of", "tax"], "--of: the scenario has no taxes; write"),
        (["best", "EMILY", "--max-per-year", "0"], "--max-per-year: '0' is out of range; write 1 to 366"),
        (["elect", "EMILY", "--from", "soon"], "--from: 'soon' is not a date; write it like 2025-01-03"),
        (["compare", "EMILY", "--set", "salary=9"], "unknown key 'salary'; did you mean 'pay.salary'?"),
        (["compare", "EMILY", "--set", "pay_salary=9"], "did you mean 'pay.salary'? ("),
        (["compare", "EMILY", "--set", "plan.roth=9%"], "did you mean 'elections.roth' or"),
        (
            ["compare", "EMILY", "--set", "election.pre_tax=max"],
            "election: unknown key 'election'; did you mean 'elections'?",
        ),
        (["compare", "EMILY", "--set", f"policies.{'9' * 5000}=monthly"], "write it like --set"),
        (["form", "EMILY", "--policy", "a\x1b[31mb\nc"], "'a\\x1b[31mb\\nc' is not a policy"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_line(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, main: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    done = main(*(EMILY_FILE if one == "EMILY" else one for one in arguments))
    assert done.status == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        (["compare", "EMILY", "-o", "-"], "Emily, 28"),
        (["remind", "EMILY", "--policy", "monthly", "-o", "-"], "Reminders: monthly"),
        (["schema", "-o", "-"], "{"),
        (["new", "-"], "# One person"),
    ],
)
def test_a_dash_in_place_of_a_file_is_standard_output(
    arguments: list[str], begins: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert answer(*(str(EMILY_FILE) if one == "EMILY" else one for one in arguments)).startswith(
        begins
    )
    assert list(tmp_path.iterdir()) == []


def test_the_ending_of_a_file_says_how_to_answer(tmp_path: Path) -> None:
    for ending, begins in ((".json", "{"), (".csv", "policy,"), (".md", "### "), (".txt", "Emily")):
        file = tmp_path / f"x{ending}"
        answer("compare", str(EMILY_FILE), "-o", str(file))
        assert file.read_text().startswith(begins)
    answer("compare", str(EMILY_FILE), "-o", str(tmp_path / "y.csv"), "--format", "json")
    assert json.loads((tmp_path / "y.csv").read_text())["schema"] == 1


def test_totals_and_contributions_have_rows_of_their_own() -> None:
    totals = list(csv.DictReader(io.StringIO(
        answer("compare", str(EMILY_FILE), "--format", "csv", "--view", "totals"))))  # fmt: skip
    assert [row["policy"] for row in totals][:2] == ["per-paycheck", "per-paycheck+3d"]
    assert float(totals[4]["roth_end_mean"]) == 20_709.49
    years = list(csv.DictReader(io.StringIO(
        answer("compare", str(EMILY_FILE), "--format", "csv", "--view", "contributions"))))  # fmt: skip
    assert [(row["year"], float(row["after_tax"])) for row in years] == [("2025", 20_000.0)]


def test_an_answer_names_what_it_depends_on_beside_its_file() -> None:
    own = ROOT / "scenarios" / "own-fund.yaml"
    told = json.loads(
        answer("compare", str(own), "--paths", "8", "--set", "name=X", "--format", "json")
    )
    assert told["scenario"]["settings"] == ["name=X", "returns.paths=8"]
    assert list(told["scenario"]["files"]) == ["invented-fund.csv"]
    plain = json.loads(answer("compare", str(EMILY_FILE), "--format", "json"))
    assert sorted(plain["scenario"]) == ["file", "name", "sha256"]


def test_a_lump_sum_of_the_employer_stands_on_the_paycheck_of_its_day() -> None:
    def rows(day: str) -> list[dict[str, object]]:
        lump = f"plan.nonelective={{amount: 6_000, date: {day}}}"
        found = json.loads(answer("payroll", str(EMILY_FILE), "--set", lump, "--format", "json"))
        return [row for row in found if row["nonelective"]]

    (paid,) = rows("2025-12-19")
    assert (paid["kind"], paid["gross"] != 0, paid["nonelective"]) == ("regular", True, 6_000.0)
    (apart,) = rows("2025-12-31")
    assert (apart["kind"], apart["gross"], apart["nonelective"]) == ("nonelective", 0.0, 6_000.0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["compare", "-v"], "constant returns, seed 2025"),
        (
            ["compare", "--set", "returns.model=lognormal", "--until", "0.01"],
            "--until 0.01 was not reached: the standard error is $",
        ),
        (
            ["plot", "-o", "x.svg", "--path", "0"],
            "--path goes with --kind balance; a picture of cadence does not heed it",
        ),
    ],
)
def test_a_remark_stands_beside_the_answer(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, main: Run
) -> None:
    """An accuracy is searched for with two million paths at most; a thousand stand for them."""
    monkeypatch.setattr("simulator.paths.table.MOST_UNTIL", 1_024)
    monkeypatch.chdir(tmp_path)
    name, *rest = arguments
    done = main(name, EMILY_FILE, *rest)
    assert done.status == 0
    assert said in done.stderr


def test_without_colour_nothing_that_follows_has_any(
    monkeypatch: pytest.MonkeyPatch, main: Run
) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    assert main("compare", EMILY_FILE, "--no-color").status == 0
    assert os.environ["NO_COLOR"] == "1"
