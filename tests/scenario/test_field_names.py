"""The dotted name of a field, by whatever door it comes in: a name that is none is answered with a line."""

from pathlib import Path

import pytest

from simulator.batches.sources import sources
from simulator.batches.table import UnusableTable
from simulator.batches.what_varies import NoJobs
from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistakes
from simulator.notation.yaml_document import LONGEST_NAME
from simulator.scenario.loading import loads
from simulator.scenario.scenario import Scenario
from simulator.sweeps import SweepError, sweep_field

TOP = (
    "(name, notes, client, years, birth_year, so_far, until, pay, elections, elect, deposits, conversions, "
    "plan, limits, returns, policies, taxes, wealth, events, acp)"
)
FILE = """\
name: Emily
years: 2025
birth_year: 1997
pay:
  salary: 200_000
  frequency: monthly
policies: [monthly, {cadence: year-end}]
returns: {model: constant}
"""
LIST = "policies is a list of 2; write a place from 0 to 2"
LIKE = "write it like"

ATTACKS = {
    # a typo in the parent
    "election.pre_tax=max": f"election: unknown key 'election'; did you mean 'elections'? {TOP}",
    "pays.salary=3": f"pays: unknown key 'pays'; did you mean 'pay'? {TOP}",
    "Pay.salary=3": f"Pay: unknown key 'Pay'; did you mean 'pay'? {TOP}",
    "pay .salary=3": f"pay : unknown key 'pay '; did you mean 'pay'? {TOP}",
    "foo.bar=1": f"foo: unknown key 'foo' {TOP}",
    "foo.bar.baz=1": f"foo: unknown key 'foo' {TOP}",
    "pay.salry.from=1": "pay.salry: unknown key 'salry'; did you mean 'salary'?",
    "plan.conversions.fee=1": "plan.conversions: unknown key 'conversions'; did you mean 'conversion'?",
    "limits.override.2025.catch_up=1": "limits.override: unknown key 'override'; did you mean 'over",
    "limits.overrides.2025.x=1": "limits.overrides.2025.x: unknown key 'x' (elective_deferral, ",
    "returns.foo.bar=1": "returns.foo: unknown key 'foo' (",
    # of a list
    "policy.0=monthly": f"policy: unknown key 'policy'; did you mean 'policies'? {TOP}",
    "pay.bonus.0.amount=1": "pay.bonus: unknown key 'bonus'; did you mean 'bonuses'?",
    "plan.x.0.y=1": "plan.x: unknown key 'x' (",
    # within a value that is assigned
    "pay={salary: 1, frequency: monthly, x: {y: 1}}": "pay.x: unknown key 'x' (salary, ",
    "policies.0={cadence: monthly, x: {b: 1}}": "policies.0.x: unknown key 'x' (cadence, ",
    "pay.salary=[{from: 2025-01-01, salary: 1, x: 3}]": "pay.salary.0.x: unknown key 'x' (from, ",
    # names of the language that it is written in
    "__class__=1": f"__class__: unknown key '__class__' {TOP}",
    "__class__.__init__=1": f"__class__: unknown key '__class__' {TOP}",
    "pay.__init__.__globals__=1": "pay.__init__: unknown key '__init__' (salary, ",
    "model_config.frozen=1": f"model_config: unknown key 'model_config' {TOP}",
    "pay.model_fields.x=1": "pay.model_fields: unknown key 'model_fields' (salary, ",
    # words that mean something as values
    "null.x=1": f"null: unknown key 'null' {TOP}",
    "true.x=1": f"true: unknown key 'true' {TOP}",
    "?.x=1": f"?: unknown key '?' {TOP}",
    "0=1": f"0: unknown key '0' {TOP}",
    "0.1=1": f"0: unknown key '0' {TOP}",
    "elections.0.x=1": "elections.0: unknown key '0' (pre_tax, ",
    # places in a list
    "policies.1.x.y=1": "policies.1.x: unknown key 'x' (cadence, ",
    "policies.\u00b2=monthly": LIST,
    "policies.\u0966=monthly": LIST,
    "policies.\uff10=monthly": LIST,
    "policies.-1=monthly": LIST,
    "policies.+1=monthly": LIST,
    "policies.00=monthly": LIST,
    "policies.1_0=monthly": LIST,
    "policies.3=monthly": LIST,
    "policies.99999999.cadence=monthly": LIST,
    "policies.x=1": LIST,
    f"policies.{'9' * 150}=monthly": LIST,
    f"policies.{'9' * 5000}=monthly": LIKE,
    "plan.match.0.rate=5%": "plan.match: is not there; assign all of it at once, like [...]",
    "plan.match.7=5%": "plan.match: is not there; assign all of it at once, like [...]",
    "limits.overrides.\u00b2={catch_up: 1}": "limits.overrides.\u00b2: '\u00b2' is not a whole number",
    "limits.overrides.1.catch_up=1": "limits.overrides.1: '1' is out of range; write 1900 to 2200",
    # through what has no fields
    "name.x=1": "name is 'Emily'; assign all of it at once",
    "years.first=2025": "years is '2025'; assign all of it at once",
    "pay.salary.x=1": "pay.salary is '200_000'; assign all of it at once",
    "pay.salary.0.from=2025-01-01": "pay.salary is '200_000'; assign all of it at once",
    "policies.0.cadence=monthly": "policies.0 is 'monthly'; assign all of it at once",
    "policies.1.cadence.x=1": "policies.1.cadence is 'year-end'; assign all of it at once",
    "returns.model.x=1": "returns.model is 'constant'; assign all of it at once",
    "plan.conversion.allowed.x=1": "plan.conversion.allowed: '{x: 1}' is neither true nor false",
    "pay=3": "pay: '3' is no group of fields; below it may stand: salary, ",
    # names with empty parts, and names without end
    ".pay=1": LIKE,
    "pay.=1": LIKE,
    "pay..salary=1": LIKE,
    "..=1": LIKE,
    "=1": LIKE,
    "": LIKE,
    "pay": LIKE,
    "pay.salary": LIKE,
    f"{'a' * 100_000}.x=1": LIKE,
    f"{'.'.join('a' * 60)}=1": LIKE,
    f"{'.'.join('a' * 5000)}=1": LIKE,
    # no letters
    "\udce9.x=1": LIKE,
    "name.\udce9=1": LIKE,
    # nothing
    "pay.salary=": "pay.salary: has no value; write one, or leave the line out",
    "policies=": "policies: has no value; write one, or leave the line out",
    "policies.0=": "policies.0: has no value; write one, or leave the line out",
    "returns=": "returns: has no value; write one, or leave the line out",
    "returns.model=": "returns.model: has no value; write one, or leave the line out",
    "returns.model=[]": "returns.model: '[]' is not a returns model (constant, ",
}


@pytest.fixture(scope="module")
def asked() -> Scenario:
    return loads(FILE.encode(), "emily.yaml")


@pytest.mark.parametrize(("assignment", "words"), ATTACKS.items(), ids=lambda one: one[:40])
def test_a_name_that_is_no_field_is_answered_with_a_line(assignment: str, words: str) -> None:
    with pytest.raises(Mistakes) as refused:
        loads(FILE.encode(), "emily.yaml", settings=[assignment])
    (line,) = str(refused.value).splitlines()
    named = visible(assignment.partition("=")[0])
    assert line.startswith(f"--set {named}: " if words != LIKE else f"--set {named[:100]}")
    assert words in line
    assert len(line) < 500


@pytest.mark.parametrize("field", ["foo.bar", "election.pre_tax", "policies.\u00b2", "a..b"])
def test_a_sweep_and_a_grid_answer_alike(field: str, asked: Scenario, tmp_path: Path) -> None:
    with pytest.raises((Mistakes, SweepError)) as of_a_sweep:
        sweep_field(asked, field, ["1", "2"])
    assert str(of_a_sweep.value).startswith(f"vary {field}")
    file = tmp_path / "emily.yaml"
    file.write_text(FILE, encoding="utf-8")
    with pytest.raises((Mistakes, NoJobs)) as of_a_grid:
        sources([file], grid=[f"{field}=1,2"])
    assert str(of_a_grid.value).startswith(f"grid {field}")


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        ("name,pays.salary", [f"2: pays: unknown key 'pays'; did you mean 'pay'? {TOP}"]),
        ("pay.bonus.0.date", ["1: pay.bonus: unknown key 'bonus'; did you mean 'bonuses'? (sal"]),
        ("name,policies.\u00b2", [f"2: {LIST}"]),
        ("name,plan.match.0.rate", ["2: plan.match: is not there; assign all of it at once"]),
        ("name,foo.a,foo.b,bar.c", [f"2: foo: unknown key 'foo' {TOP}", "4: bar: unknown key"]),
        (f"name,{'a.' * 60}b", ["2: 'a.a.a."]),
        ("name,pay.salary.", ["2: 'pay.salary.' is no field; write one like pay.salary"]),
    ],
)
def test_a_column_is_told_once_at_its_place(header: str, lines: list[str], tmp_path: Path) -> None:
    """However many rows it has."""
    file, table = tmp_path / "emily.yaml", tmp_path / "people.csv"
    file.write_text(FILE, encoding="utf-8")
    row = ",".join("1" for _ in header.split(","))
    table.write_text("\n".join([header, *[row] * 3]) + "\n", encoding="utf-8")
    with pytest.raises(UnusableTable) as refused:
        sources([file], table=table)
    written = str(refused.value).splitlines()
    assert len(written) == len(lines)
    for line, words in zip(written, lines, strict=True):
        assert line.startswith(f"{table}:1:{words}")


def test_a_name_has_room_for_any_field_there_is() -> None:
    """The longest: a limit of a year, a share of a tier."""
    assert len("limits.overrides.2025.roth_catch_up_wages") < LONGEST_NAME / 4


def test_an_assignment_over_another_forgets_its_places() -> None:
    """What the file had below the field says nothing of what stands there now."""
    with pytest.raises(Mistakes) as refused:
        loads(FILE.encode(), "emily.yaml", settings=["pay={salry: 1}", "pay={salary: x}"])
    told = [str(one.place) for one in refused.value.mistakes]
    assert set(told) == {"--set pay"}


EMPTY = {
    "pay:\n  salary:\n  frequency: monthly": ("5:3", "pay.salary"),
    "pay:\n  salary: # soon\n\n\n  frequency: monthly": ("5:3", "pay.salary"),
    "pay:\n  salary: 1\n  frequency:": ("6:3", "pay.frequency"),
    "pay: {salary: , frequency: monthly}": ("4:7", "pay.salary"),
    "PAY\npolicies:\nnotes: x": ("5:1", "policies"),
    "PAY\npolicies:\n\n\n": ("5:1", "policies"),
    "PAY\npolicies:\n  -\n  - monthly": ("6:4", "policies.0"),
    "PAY\npolicies: ~": ("5:11", "policies"),
    "PAY\nplan:\n  match:\n  true_up: true": ("6:3", "plan.match"),
    "PAY\nplan:\n  conversion:": ("6:3", "plan.conversion"),
    "PAY\nplan:\n  basis_after_loss:\n\n": ("6:3", "plan.basis_after_loss"),
    "PAY\nlimits:\n  overrides:\n    2025:": ("7:5", "limits.overrides.2025"),
    "PAY\nelections:": ("5:1", "elections"),
    "PAY\nreturns:\n\n  model:\ntaxes: {federal: 1%}": ("7:3", "returns.model"),
    "PAY\nreturns:\ntaxes: {federal: 1%}": ("5:1", "returns"),
    "PAY\nnotes:\ntaxes: {federal: 1%}": ("5:1", "notes"),
}


@pytest.mark.parametrize(("text", "told"), EMPTY.items())
def test_an_empty_value_is_told_on_the_line_of_its_own_key(
    text: str, told: tuple[str, str]
) -> None:
    head = "name: Emily\nyears: 2025\nbirth_year: 1997\n"
    content = head + text.replace("PAY", "pay: {salary: 1, frequency: monthly}")
    with pytest.raises(Mistakes) as refused:
        loads(content.encode(), "emily.yaml")
    place, field = told
    wrong = "has no value; write one, or leave the line out"
    assert str(refused.value) == f"emily.yaml:{place}: {field}: {wrong}"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('"\\ud800": 1', "9:1: an escape here is half a letter; write the letter itself"),
        ('"": 1', f"9:1: unknown key '' {TOP}"),
        (f"{'k' * 900}: 1", f"9:1: {'k' * 57}...: unknown key '{'k' * 37}...' {TOP}"),
        (f"x: !{'t' * 250} 1", f"9:4: x: tags like !{'t' * 56}... are not read here; leave"),
        (f"x: !{'t' * 500} 1", "9:1: ! and hundreds of letters without a space; tags are not read"),
    ],
)
def test_a_key_that_is_none_is_told_in_a_line(line: str, told: str) -> None:
    content = FILE + line
    with pytest.raises(Mistakes) as refused:
        loads(content.encode(), "emily.yaml")
    (first, *_) = str(refused.value).splitlines()
    assert first.startswith(f"emily.yaml:{told}")


def test_a_returns_model_that_is_no_word_is_shown_as_the_file_has_it() -> None:
    text = (
        "name: A\nyears: 2025\nbirth_year: 1990\npay: {salary: 100_000, frequency: monthly}\n"
        "returns: {model: {a: null}}\n"
    )
    with pytest.raises(Mistakes) as error:
        loads(text.encode(), "my.yaml")
    assert "my.yaml:5:18: returns.model: '{a: null}' is not a returns model" in str(error.value)


def test_a_line_break_in_the_name_of_a_field_of_a_grid_is_an_escape(tmp_path: Path) -> None:
    template = tmp_path / "my.yaml"
    template.write_text("name: A\n", encoding="utf-8")
    with pytest.raises((Mistakes, NoJobs)) as error:
        sources([template], None, ["pay.sal\nary=1,2"], [])
    assert "\n" not in str(error.value)
    assert r"sal\nary" in str(error.value)
