"""Many clients: a page each, and an index of what each can save; what is there and unchanged is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.batches.answered import each_model
from simulator.batches.job import Job, file_hash
from simulator.batches.retries import carried_out
from simulator.batches.sources import sources
from simulator.batches.workers import Processes, demand_processes, processors
from simulator.clients.client_page import ClientPage, ToMake, Unmade
from simulator.clients.made import PAGE, PAPER, Made, NotOurs, Page
from simulator.clients.names import page_names
from simulator.files.opened import absolute
from simulator.notation.letters import visible
from simulator.notation.taken import demand_flag, demand_name, demand_progress, one_or_several
from simulator.paths import engine as engines
from simulator.report.page import demand_paper
from simulator.report.page.index import ClientLine, in_order, index
from simulator.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

INDEX = f"index{PAGE}"

Progress = Callable[[int, int, int], None]
"""Is told how many pages are made, of how many, and how many could not be."""


@dataclass(frozen=True, repr=False)
class Pages:
    """What became of the pages of many clients.

    Attributes:
        folder: Where they are.
        clients: A line for each page, who can save most the first.
        known: How many of them were there already.
        unmade: The files that have no page, each with what is wrong, a line each.
        models: The models of returns.
    """

    folder: Path
    clients: tuple[ClientLine, ...]
    known: int
    unmade: tuple[tuple[str, tuple[str, ...]], ...]
    models: tuple[str, ...]

    def __repr__(self) -> str:
        made = f"{len(self.clients):,} page{'s' * (len(self.clients) != 1)}"
        unmade = f", {len(self.unmade):,} not made" if self.unmade else ""
        return visible(f"<Pages: {made} in {self.folder}{unmade}>")

    @property
    def index(self) -> Path:
        """The index."""
        return self.folder / INDEX

    def to_frame(self) -> pd.DataFrame:
        """A data frame with one row for each page, who can save most the first. [dollars]"""
        import pandas as pd

        return pd.DataFrame(self.clients, columns=ClientLine._fields)


def pages(
    places: str | Path | Scenario | Sequence[str | Path | Scenario],
    output: str | Path,
    *,
    settings: Sequence[str] = (),
    pdf: bool = False,
    workers: int | None = None,
    engine: str = "auto",
    progress: Progress | None = None,
) -> Pages:
    """A page for each of many scenarios, in a folder, and an index: who can save most the first.

    What is there and unchanged (the same file, settings, files that it names, law and version) is not made
    again; a file that was not made so, or was changed since, is left as it is.

    Args:
        places: Scenario files, folders of them, and scenarios: one, or several.
        output: The folder.
        settings: Assignments `path.to.field=value` that hold for every scenario.
        pdf: Whether to make a PDF beside each page.
        workers: Processes on this machine; by default one a processor.
        engine: See `compare`.
        progress: Is told how many pages are made, of how many, and how many could not be.

    Raises:
        NoJobs: There is no scenario file there, or a setting names no field.
        NoPaper: The extra `pdf` is not installed.
        NoEngine: The engine is not installed.
        NotOurs: Another index is in the folder.
        Refused: The folder cannot be written, or another process writes into it.
    """
    engines.engine(engine, 0)
    demand_flag("pdf", pdf)
    if pdf:
        demand_paper()
    many = one_or_several("pages", places, Scenario, "simulator.pages('clients', 'pages')")
    demand_name("pages", output, "a folder", "simulator.pages('clients', 'pages')")
    demand_processes(workers)
    demand_progress(progress)
    asked = sources(many, settings=settings)
    made = Made(Path(output))
    try:
        made.demand_ours(INDEX)
        run = _Run(made, list(_wanted(asked.jobs(), asked.files, made, engine, pdf)), progress)
        crew = Processes(workers or processors())
        try:
            for task, outcome in carried_out(run.next_task, crew):
                run.take(task, outcome)
        finally:
            crew.close()
        lines = in_order(run.lines)
        unmade = tuple(sorted(run.unmade.items()))
        made.write({INDEX: index(lines, unmade).encode()})
    finally:
        made.close()
    models = tuple(each_model(run.models))
    return Pages(made.folder, tuple(lines), run.known, unmade, models)


def _wanted(
    jobs: Iterator[Job], files: Sequence[Path | Scenario], made: Made, engine: str, pdf: bool
) -> Iterator[ToMake]:
    """Each page, with the name that it has or will have."""
    many = list(jobs)
    wanted = [
        (visible(absolute(job.file)), _stem(file)) for job, file in zip(many, files, strict=True)
    ]
    names = page_names(wanted, made.names())
    for job, name, (source, _) in zip(many, names, wanted, strict=True):
        yield ToMake(name, source, job, engine, pdf)


def _stem(file: Path | Scenario) -> str:
    if isinstance(file, Path):
        return file.stem
    return Path(file.source).stem if file.source else file.name


class _Run:
    """Pages under way.

    Args:
        made: The folder.
        wanted: The pages.
        progress: Is told how far they are.
    """

    def __init__(self, made: Made, wanted: Sequence[ToMake], progress: Progress | None) -> None:
        self._made = made
        self._left = iter(wanted)
        self._total = len(wanted)
        self._progress = progress
        self.known = 0
        self.lines: list[ClientLine] = []
        self.unmade: dict[str, tuple[str, ...]] = {}
        self.models: set[str] = set()

    def next_task(self) -> ToMake | None:
        """The next page that is not there."""
        for task in self._left:
            there = self._made.page(task.name)
            paper = task.paper or bool(there and there.paper)
            if there is not None and self._is_there(there, task):
                self._keep(there)
                continue
            try:
                for ending in (PAGE, PAPER) if paper else (PAGE,):
                    self._made.demand_ours(task.name + ending)
            except NotOurs as why:
                self._fail(task, (str(why),))
                continue
            return task._replace(paper=paper)  # an old PDF beside a new page would tell otherwise
        return None

    def _is_there(self, there: Page, task: ToMake) -> bool:
        """Whether a page stands in the folder as it would be made now."""
        return (
            there.asked == task.asked
            and (there.paper or not task.paper)
            and all(file_hash(file) == digest for file, digest in there.reads)
            and self._made.is_there(task.name + PAGE)
            and (not there.paper or self._made.is_there(task.name + PAPER))
        )

    def take(self, task: ToMake, outcome: Any) -> None:
        """Writes what a worker made."""
        if isinstance(outcome, Unmade):
            self._fail(task, tuple(map(str, outcome.mistakes)))
            return
        assert isinstance(outcome, ClientPage), "a worker gives nothing else"
        contents = {task.name + PAGE: outcome.html.encode()}
        if task.paper:
            contents = {task.name + PAPER: outcome.paper, **contents}
        facts = {**outcome.client._asdict(), "models": outcome.models}
        page = Page(task.name, task.source, task.asked, outcome.reads, task.paper, facts)
        try:
            self._made.write(contents, page)
        except NotOurs as why:
            self._fail(task, (str(why),))
            return
        self._add(page)
        self._tell()

    def _keep(self, there: Page) -> None:
        self.known += 1
        self._add(there)

    def _add(self, page: Page) -> None:
        facts: dict[str, Any] = dict(page.client)
        self.models.add(facts.pop("models"))
        paper = page.name + PAPER if page.paper else ""
        files = {"page": page.name + PAGE, "paper": paper}
        self.lines.append(ClientLine(**{**facts, **files}))

    def _fail(self, task: ToMake, why: tuple[str, ...]) -> None:
        self.unmade[visible(task.job.source)] = why
        self._tell()

    def _tell(self) -> None:
        if self._progress:
            done = len(self.lines) + len(self.unmade) - self.known
            self._progress(done, self._total - self.known, len(self.unmade))
