"""How a command answers: in which format, where to, and never over what it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from simulator.cli import terminal
from simulator.files.opened import is_same_file
from simulator.notation.letters import plain_lines, visible
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.answer.workbook import Sheet
    from simulator.report.sheets import Answer
    from simulator.report.tables.table import Table


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Turns the system's refusal to write a file into a line for the user."""
    try:
        yield
    except OSError as error:
        raise Refused(f"{visible(str(file))}: cannot be written: {error.strerror}") from None


def demand_apart(file: Path, reads: Iterable[Path]) -> None:
    """Raises `Refused` where a file that is to be written is one of those that are read."""
    if any(is_same_file(file, one) for one in reads):
        raise Refused(
            f"{visible(str(file))}: the answer is worked out from this file; name another"
        )


def demand_batch_apart(folder: Path, file: Path) -> None:
    """Raises `Refused` where a file that is to be written is one that a batch is made from."""
    from simulator.batches.reading import demand_apart, reading

    with reading(folder) as database:
        demand_apart(database, folder, file)


STYLES = {".json": "json", ".csv": "csv", ".md": "markdown", ".xlsx": "workbook"}
"""How a command answers into a file with such an ending."""

ENDINGS = ("", *sorted((*STYLES, ".txt")))
"""Endings of files that a command answers into; with --format any that promises nothing else."""

OTHER_ENDINGS = {
    *(".png", ".svg", ".pdf", ".jpg", ".jpeg", ".gif", ".webp"),
    *(".html", ".htm", ".ics", ".parquet", ".xls", ".docx"),
}
"""Endings that promise something else than a command answers."""


STANDARD_OUTPUT = Path("-")
"""What is written in place of a file for standard output."""


class Output(NamedTuple):
    """Where and how a command answers.

    Attributes:
        asked: The format, where one was asked for.
        file: Where to; None for standard output.
        dashed: Whether standard output was named as a file is, by -.
        folder: Whether that is a folder, or is written like one.
        quiet: Whether nothing is said on standard error.
        verbose: Whether more is.
        color: Whether to set off with colour.
    """

    asked: str | None = None
    file: Path | None = None
    folder: bool = False
    dashed: bool = False
    quiet: bool = False
    verbose: bool = False
    color: bool = False

    def give(
        self,
        tables: Callable[[], Iterable[Table]],
        answer: Callable[[], Any],
        records: Callable[[], Iterable[Any]] | None = None,
        sheets: Callable[[], Iterable[Sheet]] | None = None,
    ) -> None:
        """Prints or writes an answer in the format that was asked for.

        Args:
            tables: For people.
            answer: For JSON.
            records: For CSV, where they are not the answer itself.
            sheets: For a workbook, where it has others than one of these records.
        """
        self.demand_text()
        if self.style == "workbook":
            self._write_workbook(sheets or partial(_one_sheet, records or answer))
            return
        if self.style == "json":
            from simulator.report.data_text import json_text

            every_letter = self.file is not None or terminal.takes_every_letter()
            content = json_text(answer(), every_letter)
        elif self.style == "csv":
            from simulator.report.data_text import csv_text

            content = csv_text((records or answer)())
            content = content if self.file else plain_lines(content)
        elif self.style == "markdown":
            from simulator.report.markdown import markdown

            content = markdown(tables())
        else:
            from simulator.report.terminal import text

            color = self.color and self.file is None
            content = text(tables(), _width(), color)
        self.write(content)

    @property
    def style(self) -> str:
        """What was asked for with --format; otherwise what the file's ending says, or a table."""
        ending = self.file.suffix.lower() if self.file else ""
        return self.asked or STYLES.get(ending, "table")

    def demand_text(self, others: Iterable[str] = ()) -> None:
        """Raises `Refused` where the file's ending promises what this command does not write, or cannot.

        Args:
            others: Endings of what it writes besides: pictures, a calendar.
        """
        ending = self.file.suffix.lower() if self.file else ""
        if ending in OTHER_ENDINGS or (ending not in ENDINGS and self.asked is None):
            *endings, last = sorted((*ENDINGS[1:], *others))
            raise Refused(
                f"{visible(str(self.file))}: this command writes text or a workbook; end the file in "
                f"{', '.join(endings)} or {last}"
            )
        if STYLES.get(ending) == "workbook":
            from simulator.answer.workbook import demand_excel

            self.demand_no_format("a workbook")
            demand_excel()

    def demand_no_format(self, what: str) -> None:
        """Raises `Refused` where --format was given and says nothing to what is written."""
        if self.asked is not None:
            raise Refused(f"--format {self.asked} says nothing to {what}; leave it out")

    def demand_apart(self, reads: Iterable[Path]) -> None:
        """Raises `Refused` where the answer would take the place of a file that it is worked out from.

        Args:
            reads: These files.
        """
        if self.file is not None:
            demand_apart(self.file, reads)

    def progress(self, unit: str) -> AbstractContextManager[Callable[[int, int], None]]:
        """Shows how far long work is, on standard error, once it has taken two seconds."""
        from simulator.cli.progress import progress

        return progress(unit, shown=not self.quiet)

    def _write_workbook(self, sheets: Callable[[], Iterable[Sheet]]) -> None:
        from simulator.answer.workbook import write_workbook
        from simulator.files.whole import written

        assert self.file is not None, "it is the file's ending that asks for a workbook"
        with writing(self.file), written(self.file) as out:
            write_workbook(out, sheets())
        self.wrote()

    def write(self, content: str | bytes) -> None:
        """Writes to the file that was named, or to standard output."""
        if self.file is None:
            terminal.answer(content)
            return
        from simulator.files.whole import write

        with writing(self.file):
            write(self.file, content)
        self.wrote()

    def warn(self, warnings: Iterable[str]) -> None:
        """Says on standard error what of the question looks like a slip."""
        for line in () if self.quiet else warnings:
            terminal.remark(line)

    def wrote(self, file: Path | None = None) -> None:
        """Says on standard error that a file is there; without a name the one that was asked for."""
        if not self.quiet:
            terminal.remark(f"wrote {visible(str(file or self.file))}")


def sheets_of(answer: Answer) -> Iterable[Sheet]:
    """The sheets of an answer: what makes them of every kind is loaded where a workbook is asked for."""
    from simulator.report.sheets import sheets

    return sheets(answer)


def _one_sheet(records: Callable[[], Iterable[Any]]) -> list[Sheet]:
    """Records as a workbook's only sheet, which is called as the command is."""
    from simulator.answer.sheets import sheet

    return [sheet(click.get_current_context().info_name or "answer", records())]


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def image_file(output: Output) -> Path:
    """The file that a picture goes to, known to be one of a picture before anything is worked out."""
    from simulator.report.pictures.endings import IMAGES

    if output.file is None:
        raise Refused(f"where to? add -o FILE{IMAGES[0]}, or {' or '.join(IMAGES[1:])}")
    output.demand_no_format("a picture")
    if output.file.suffix.lower() not in IMAGES:
        raise Refused(
            f"{visible(str(output.file))}: write a file that ends in {' or '.join(IMAGES)}"
        )
    return output.file
