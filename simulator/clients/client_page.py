"""The page of one client, and its line of the index: what a worker makes of a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import compared
from simulator.batches.answered import drawn_with
from simulator.batches.job import Job, files_read
from simulator.batches.tasks import failed, unsettled
from simulator.notation.mistakes import Mistake, Mistakes
from simulator.paths.engine import EXACT
from simulator.presentation import page
from simulator.refusal import Refused
from simulator.report.page import paper
from simulator.report.page.index import ClientLine
from simulator.simulation import compare


class Unmade(NamedTuple):
    """Why there is no page.

    Attributes:
        mistakes: What is wrong, each with its place.
    """

    mistakes: tuple[Mistake, ...]


class ClientPage(NamedTuple):
    """A page as a worker made it.

    Attributes:
        html: The page.
        paper: The PDF; empty where none is asked for.
        reads: Each file that the scenario names, and the hash of its bytes.
        client: The client's line of the index; its files have no names yet.
        models: The models of returns.
    """

    html: str
    paper: bytes
    reads: tuple[tuple[str, str], ...]
    client: ClientLine
    models: str


class ToMake(NamedTuple):
    """A page to be made.

    Attributes:
        name: What it will be called, without its ending.
        source: What tells the client's file from all others.
        job: The scenario.
        engine: See `compare`.
        paper: Whether to make a PDF too.
    """

    name: str
    source: str
    job: Job
    engine: str
    paper: bool

    @property
    def asked(self) -> str:
        """A hash of the question as it was put, and whether it is answered without paths."""
        return f"{self.job.asked} {EXACT}" if self.engine == EXACT else self.job.asked

    def done(self) -> ClientPage | Unmade:
        """The page, or why there is none."""
        try:
            scenario = self.job.scenario()
            reads = tuple(files_read(scenario))
            comparison = compare(scenario, engine=self.engine)
            html = page(comparison)
            content = paper(html) if self.paper else b""
            if tuple(files_read(scenario)) != reads:
                return Unmade(unsettled(self.job).mistakes)
        except Mistakes as mistakes:
            return Unmade(tuple(mistakes.mistakes))
        except Refused as why:
            return self.lost(why.words)
        models, *_ = drawn_with(comparison.figures()["simulator"])
        return ClientPage(html, content, reads, line(comparison), models)

    def single(self) -> Iterator[ToMake]:
        """The page: it is not cut further."""
        yield self

    def lost(self, why: str) -> Unmade:
        """What is reported where no worker survives it."""
        return Unmade(failed(self.job, why).mistakes)


def line(comparison: Comparison) -> ClientLine:
    """The line of the index: what the client can save, how, and against what."""
    scenario, verdict = comparison.scenario, comparison.verdict
    against = verdict.beside
    saved = comparison.statistics(verdict.costs_more(against)) if against else None
    return ClientLine(
        name=scenario.recipient or scenario.name,
        about=scenario.name if scenario.recipient else "",
        years=scenario.period,
        measure=verdict.measure,
        saves=saved["mean"] if saved else None,
        error=saved["se"] if saved else 0.0,
        convert=compared(verdict.best.policy) if verdict.best else "",
        against=compared(against.policy) if against else "",
        conversions=verdict.best.conversions if verdict.best else 0,
        first=str(verdict.dates[0]) if verdict.dates else "",
    )
