"""What the program promises whatever it is asked, and a run of it in this process that is held to it."""

import csv
import gc
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn
from unittest.mock import patch
from xml.etree import ElementTree

from icalendar import Calendar
from openpyxl import load_workbook

from simulator.cli import main
from simulator.notation.letters import visible
from tests.batches import Here

LONGEST = 120.0
"""What takes longer than this hangs; the dearest of these questions takes some seconds. [s]"""

STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What steers a terminal, breaks a line or turns its direction."""

CODE = re.compile(
    r"Traceback|File \"|<class|<function| object at 0x|\bNone(Type)?\b|pydantic|pandas"
    r"|\b(Fraction|Decimal|PosixPath|datetime\.date)\(|\b[A-Z][a-z]+Error\b|\[Errno|\bexpected str\b"
)
"""What only a programmer would understand."""

NO_NUMBER = re.compile(r"(?i)(?<![a-z])-?(nan|inf|infinity)(?![a-z])")

NAMED = re.compile(r"\b(scenario|form)\.yaml|\.csv\b|<stdin>|--\w|(?i:\bmbdr\b)|\breturns(\.\w|: )")
"""What a line about a mistake has: the file, the option or the field, or the command that is explained."""


MORE = re.compile(r"and [\d,]+ more")
"""The last line where there are too many mistakes to name each."""


@dataclass(frozen=True)
class Question:
    """A command line, and the files that it finds in its folder.

    Attributes:
        arguments: What follows `mbdr`.
        files: Name and bytes of each file.
        stdin: What stands on standard input.
    """

    arguments: tuple[str, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    stdin: bytes = b""

    @property
    def text(self) -> str:
        """All that was written by whoever asks."""
        parts = [*self.files.values(), self.stdin]
        read = (part.decode("utf-8", "replace") for part in parts)
        return "\n".join((*self.arguments, *read))

    def option(self, name: str) -> str | None:
        """The value of an option, where it is given."""
        if name not in self.arguments[:-1]:
            return None
        return self.arguments[self.arguments.index(name) + 1]


@dataclass(frozen=True)
class Answer:
    """What a command line came to.

    Attributes:
        status: The exit status.
        out: Standard output.
        err: Standard error.
    """

    status: int
    out: str
    err: str


class _Left(BaseException):
    """The program has ended."""

    def __init__(self, status: int) -> None:
        super().__init__()
        self.status = status


class _Hangs(BaseException):
    """The program does not come to an end."""


def _leave(status: int) -> NoReturn:
    """Stands for the end of the process."""
    raise _Left(status)


@contextmanager
def _bounded() -> Iterator[None]:
    """Ends what hangs."""

    def ring(*_: object) -> NoReturn:
        raise _Hangs

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        yield
    except _Hangs:
        raise AssertionError(f"it takes longer than {LONGEST:g} s") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def answer(question: Question, folder: Path) -> Answer:
    """What the program answers, run as `mbdr` in this process; what it does not catch is raised here.

    Args:
        question: What is asked.
        folder: Where it is asked; the files of the question are written there.
    """
    for name, content in question.files.items():
        (folder / name).write_bytes(content)
    out, err = _stream(), _stream("backslashreplace")
    collected = gc.get_threshold()
    with ExitStack() as stack:
        for changed in (
            patch("simulator.cli._leave", _leave),
            patch("simulator.batches.run.Processes", Here),
            patch.object(sys, "argv", ["mbdr", *question.arguments]),
            patch.object(sys, "stdin", _stream(content=question.stdin)),
            patch.dict(os.environ),
            redirect_stdout(out),
            redirect_stderr(err),
            chdir(folder),
            _bounded(),
        ):
            stack.enter_context(changed)
        try:
            main()
        except _Left as left:
            status = left.status
        finally:
            gc.set_threshold(*collected)
    return Answer(status, _written(out), _written(err))


def _stream(errors: str = "strict", content: bytes = b"") -> TextIOWrapper:
    return TextIOWrapper(BytesIO(content), encoding="utf-8", errors=errors, newline="")


def _written(stream: TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode()  # type: ignore[attr-defined, no-any-return]


def demand_kept(question: Question, told: Answer) -> None:
    """Fails where an answer breaks what is promised."""
    lines = told.err.removesuffix("\n").split("\n") if told.err else []
    for line in lines:
        assert not STEERING.search(line), f"a line that steers: {line!r}"
        assert CODE.search(question.text) or not CODE.search(line), f"words of a programmer: {line}"
    batch = question.arguments[:1] == ("batch",)
    assert told.status in ((0, 1, 2) if batch else (0, 2)), f"status {told.status}"
    if told.status == 2:
        _demand_refusal(question, lines, told.out)
    else:
        _demand_figures(question, told.out)


def _demand_refusal(question: Question, lines: list[str], out: str) -> None:
    """Fails where a refusal does not say what is wrong, and where."""
    files = (visible(str(Path(word))) for word in question.arguments)
    named = tuple(f"{file}{end}" for file in files for end in (": ", " "))
    assert lines, "refused without a word"
    if len(lines) > 1 and MORE.fullmatch(lines[-1]):
        lines = lines[:-1]
    assert not out, f"refused and answered: {out[:200]}"
    for line in lines:
        assert line.startswith(named) or NAMED.search(line), (
            f"a line that does not say where: {line}"
        )


def _demand_figures(question: Question, out: str) -> None:
    """Fails where an answer has no figures, cannot be read, or does not add up."""
    style = question.option("--format")
    if style not in ("json", "csv"):
        assert not STEERING.search(out), f"an answer that steers: {STEERING.findall(out)}"
    if not NO_NUMBER.search(question.text):
        found = NO_NUMBER.search(out)
        assert not found, f"no figure: {out[max(0, found.start() - 80) : found.end()]}"
    if style == "csv" and out:
        demand_even(out)
    if style == "json" and out:
        records = json.loads(out, parse_constant=_refused)
        DEMANDS.get(question.arguments[0], lambda _: None)(records)


def demand_readable(file: Path) -> None:
    """Fails where a file that was written is not of its kind."""
    content = file.read_bytes()
    if file.suffix == ".svg":
        ElementTree.fromstring(content)
    elif file.suffix == ".ics":
        assert Calendar.from_ical(content).walk("VEVENT"), "a calendar without an event"
        assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", content), (
            "a calendar that steers"
        )
    elif file.suffix == ".xlsx":
        for page in load_workbook(BytesIO(content)):
            assert not [one for row in page.iter_rows() for one in row if one.data_type == "f"]
    elif file.suffix == ".csv":
        demand_even(content.decode())
    else:
        assert not STEERING.search(content.decode()), f"{file.name} steers"


def demand_even(text: str) -> None:
    """Fails where the rows of a CSV have not all the same columns."""
    header, *rows = csv.reader(StringIO(text, newline=""), strict=True)
    for row in rows:
        assert len(row) == len(header), f"{len(row)} cells under {len(header)} names: {row}"


def _refused(name: str) -> NoReturn:
    raise AssertionError(f"JSON has no {name}")


def _cents(amount: float) -> int:
    return round(amount * 100)


def _comparison(told: dict[str, Any]) -> None:
    """A form's boxes and a total's years add up, and every policy moves the same money."""
    off = 0 if told["simulator"]["paths"] == 1 else 2  # means are rounded each by itself [cents]
    for policy in told["policies"]:
        for year in policy["years"]:  # Box 1 is taxable, or not, or has gone to an IRA
            parts = (year[name]["mean"] for name in ("box_2a", "box_5", "ira") if name in year)
            assert abs(_cents(year["box_1"]["mean"]) - sum(map(_cents, parts))) <= off, year
        for box in ("box_1", "box_2a"):
            years = [_cents(year[box]["mean"]) for year in policy["years"]]
            rounded = off * (len(years) + 1)
            assert abs(_cents(policy["total"][box]["mean"]) - sum(years)) <= rounded, policy
        for one in (*policy["years"], policy["total"]):
            if "tax_federal" in one:
                tax, federal, state = (_cents(one[name]["mean"]) for name in TAXES)
                assert abs(tax - federal - state) <= off, one
    if all(policy["years"] for policy in told["policies"]):
        basis = [_basis(policy) for policy in told["policies"]]
        forms = max(len(policy["years"]) for policy in told["policies"])
        assert max(basis) - min(basis) <= off * 4 * forms, f"basis by policy: {basis}"
    for year in told["contributions"]:
        limit = year.get("annual_additions_limit")
        assert limit is None or year["annual_additions"] <= limit + 0.001, year


TAXES = ("tax", "tax_federal", "tax_state")
"""A tax and its two parts."""

GONE = ("box_5", "forfeited", "paid_out_basis")
"""How basis leaves."""


def _basis(policy: dict[str, Any]) -> int:
    """All basis that a policy has converted, lost or left, and what has not landed. [cents]"""
    *_, last = policy["years"]
    left = [last["left_basis"], *([last["in_transit"]] if "in_transit" in last else [])]
    gone = [year[name] for year in policy["years"] for name in GONE if name in year]
    return sum(_cents(amount["mean"]) for amount in (*left, *gone))


def _ledger(postings: list[dict[str, Any]]) -> None:
    """What is converted is taxable, basis or for an IRA, and basis comes in and leaves by postings alone."""
    basis = None
    for one in postings:
        amount, recovered = _cents(one["amount"]), _cents(one["basis_recovered"])
        if one["event"] == "conversion":
            assert amount == recovered + _cents(one["taxable"]) + _cents(one["ira"]), one
        moved = amount if one["event"] == "deposit" else -recovered
        if basis is not None and one["event"] in ("deposit", "conversion"):
            assert _cents(one["basis_after"]) == basis + moved, one
        basis = _cents(one["basis_after"])


def _forms(forms: list[dict[str, Any]]) -> None:
    """Box 1 of a form is its boxes 2a and 5, or more where earnings went to an IRA untaxed."""
    for form in forms:
        box_1, *parts = (_cents(form[name]["mean"]) for name in ("box_1", "box_2a", "box_5"))
        assert box_1 >= sum(parts) - 2, form


def _payroll(paychecks: list[dict[str, Any]]) -> None:
    """No contribution is negative, and those of the employee come out of the paycheck."""
    names = ("pre_tax", "roth", "catch_up", "match", "nonelective", "after_tax")
    for paycheck in paychecks:
        assert all(paycheck[name] >= 0 for name in names), paycheck
        own = sum(_cents(paycheck[name]) for name in ("pre_tax", "roth", "after_tax"))
        assert own <= _cents(paycheck["gross"]) + 3, paycheck  # each is rounded by itself


DEMANDS: dict[str, Callable[[Any], None]] = {
    "compare": _comparison,
    "ledger": _ledger,
    "form": _forms,
    "payroll": _payroll,
}
"""What is demanded of a command's JSON."""
