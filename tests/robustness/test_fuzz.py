"""Nothing breaks: whatever is asked, the program answers it, or says in a line what is wrong.

The suite asks some hundreds of questions, always the same; the long run (`pytest -m fuzz`) many thousands,
and tells what became of them. What is promised of each answer is in `promises`.
"""

import re
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.robustness.fuzzing import ATTACKS
from tests.robustness.mutations import DATA
from tests.robustness.promises import Question, answer, demand_kept, demand_readable

ALL_CHECKS = list(HealthCheck)


def held(question: Question) -> int:
    """Asks a question in a folder of its own, and holds the answer to what is promised; its status."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in DATA.items():
            (folder / file).write_bytes(content)
        told = answer(question, folder)
        demand_kept(question, told)
        if question.arguments[0] == "batch" and (folder / "results").is_dir():
            _hold_results(folder, question)
        if told.status == 0:
            for written in folder.glob("out.[hisx]*"):
                demand_readable(written)
        return told.status


def _hold_results(folder: Path, batch: Question) -> None:
    """Holds what a batch has left behind to the same: its sums, and its rows as CSV."""
    for command in ("summary", "export"):
        more = ("--format", "json") if command == "summary" else ("-o", "out.csv")
        question = Question((command, "results", *more), batch.files)
        told = answer(question, folder)
        demand_kept(question, told)
        if command == "export" and told.status == 0:
            demand_readable(folder / "out.csv")


@pytest.mark.parametrize("kind", ATTACKS)
def test_whatever_is_asked_is_answered_or_refused_in_a_line(kind: str) -> None:
    @settings(
        max_examples=ATTACKS[kind].few,
        derandomize=True,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=ALL_CHECKS,
    )
    @given(ATTACKS[kind].questions)
    def demand(question: Question) -> None:
        held(question)

    demand()


@dataclass
class Tally:
    """What became of the questions of one kind.

    Attributes:
        statuses: How many ended with each exit status.
        faults: Of each distinct fault how many there were, and the shortest question with its report.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    faults: dict[str, tuple[int, Question, str]] = field(default_factory=dict)

    def take(self, question: Question) -> None:
        """Asks a question and counts what becomes of it."""
        try:
            self.statuses[held(question)] += 1
        except Exception as error:
            name, report = _distinct(error), "".join(traceback.format_exception(error)[-4:])
            count, shortest, told = self.faults.get(name, (0, question, report))
            if len(question.text) < len(shortest.text):
                shortest, told = question, report
            self.faults[name] = count + 1, shortest, told

    @property
    def failed(self) -> int:
        """How many broke a promise."""
        return sum(count for count, _, _ in self.faults.values())

    def row(self, kind: str) -> str:
        """A row of the table of README.md."""
        asked = sum(self.statuses.values()) + self.failed
        counts = (asked, self.statuses[0], self.statuses[1], self.statuses[2], self.failed)
        return " | ".join((f"| {kind}", *(f"{count:,}" for count in counts))) + " |"


def _distinct(error: Exception) -> str:
    """What makes a fault another one: where it was raised, or which promise was broken."""
    if isinstance(error, AssertionError):
        return re.sub(r"'[^']*'|\d+|: .*", "", str(error).split("\n")[0])
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/simulator/" in frame.filename] or frames
    return f"{type(error).__name__} in {Path(own[-1].filename).name}:{own[-1].lineno}"


@pytest.fixture(scope="module")
def tallies(request: pytest.FixtureRequest) -> Iterator[dict[str, Tally]]:
    """The tallies of the long run, shown at its end."""
    found: dict[str, Tally] = {}
    yield found
    if found:
        out = request.config.get_terminal_writer()
        capture = request.config.pluginmanager.getplugin("capturemanager")
        with capture.global_and_fixture_disabled():  # where all pass it would be swallowed
            out.line("\n| questions | asked | answered | in part | refused | faults |")
            out.line("|:--|--:|--:|--:|--:|--:|")
            for kind, tally in found.items():
                out.line(tally.row(kind))


@pytest.mark.fuzz
@pytest.mark.parametrize("kind", ATTACKS)
def test_nothing_breaks_in_the_long_run(kind: str, tallies: dict[str, Tally]) -> None:
    tally = tallies[kind] = Tally()

    @settings(
        max_examples=ATTACKS[kind].many,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=ALL_CHECKS,
    )
    @given(ATTACKS[kind].questions)
    def ask(question: Question) -> None:
        tally.take(question)

    ask()
    told = (
        f"{count} x {name}\n{question}\n{why}"
        for name, (count, question, why) in tally.faults.items()
    )
    assert not tally.faults, "\n\n".join(told)
