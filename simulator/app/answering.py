"""The one function of the app: scenario text in, comparison JSON out, or the list of mistakes.

Everything that the page asks goes through `answer`, whether a server on this machine passes it on or the page
runs the program itself. It keeps nothing from one question to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from simulator.app.asked import Asked, asked, scenario_of
from simulator.app.beside import beside
from simulator.app.downloads import Download, download
from simulator.notation.mistakes import Mistake, Mistakes
from simulator.notation.yaml_document import document
from simulator.refusal import Refused
from simulator.report.data_text import json_text

JSON = "application/json"

DONE, WRONG = 200, 422
"""How a question ends: answered, or with what is wrong in it. The numbers are those of HTTP."""


NEEDED = {
    "numpy": "uneven years over many paths need the library numpy, which this page does not have; an even "
    "return is answered",
    "pandas": "this needs the library pandas, which is not here",
}
"""What is said where a library is missing, as in a browser."""

EVEN = {
    "offer": {"path": ["returns", "model"], "value": "constant", "words": "Take an even return"}
}
"""What the page offers in place of it."""


class Reply(NamedTuple):
    """An answer.

    Attributes:
        status: `DONE` or `WRONG`.
        kind: The media type of what it says.
        content: What it says.
        name: Of a file to keep, its name.
    """

    status: int
    kind: str
    content: bytes
    name: str = ""


def answer(call: str, body: bytes, folder: Path | None = None) -> Reply:
    """Answers a question of the page; what is wrong with it is an answer too.

    Args:
        call: Which answer is wanted, a name of `CALLS`.
        body: The question, as JSON: see `Asked`.
        folder: The folder whose files may be read, if the app was given one.
    """
    try:
        return CALLS[call](asked(body), folder)
    except Mistakes as mistakes:
        return _wrong([_record(one) for one in mistakes.mistakes], mistakes.more)
    except MemoryError as error:
        words = str(error).rstrip(".") or "there is not enough memory"
        return _wrong([{"path": ["returns", "paths"], "words": f"{words}; take fewer paths"}])
    except Refused as refused:
        return _wrong([{"path": _path(refused), "words": refused.words}])
    except ModuleNotFoundError as missing:
        if missing.name not in NEEDED:
            raise
        return _wrong([{"path": ["returns", "model"], "words": NEEDED[missing.name]} | EVEN])


def comparison_text(question: Asked, folder: Path | None) -> Reply:
    """What `mbdr compare --format json` writes into a file, byte for byte."""
    from simulator.simulation import compare

    with scenario_of(question, folder) as scenario:
        return _json(compare(scenario).to_dict())


def _opened(question: Asked, _: Path | None) -> Reply:
    """The values of a scenario's text, for a form; each text as it was written."""
    read = document(question.text.encode(), question.name)
    if read.mistakes:
        raise Mistakes(read.mistakes)
    return _json({"data": read.data})


def _beside(question: Asked, folder: Path | None) -> Reply:
    with scenario_of(question, folder) as scenario:
        return _json(beside(scenario))


def _download(question: Asked, folder: Path | None) -> Reply:
    with scenario_of(question, folder) as scenario:
        made: Download = download(scenario, question.kind, question.policy)
    return Reply(DONE, made.kind, made.content, made.name)


CALLS: dict[str, Callable[[Asked, Path | None], Reply]] = {
    "compare": comparison_text,
    "beside": _beside,
    "open": _opened,
    "download": _download,
}
"""Every question of the page, by its name."""


def _json(record: Any) -> Reply:
    return Reply(DONE, JSON, json_text(record).encode())


def _wrong(records: list[dict[str, Any]], more: int = 0) -> Reply:
    beyond = {"more": more} if more else {}
    return Reply(WRONG, JSON, json_text({"mistakes": records, **beyond}).encode())


def _record(mistake: Mistake) -> dict[str, Any]:
    """A mistake as the page has it: where in the text, at which field, in the command line's words."""
    return {
        "path": list(mistake.path),
        "line": mistake.place.line,
        "column": mistake.place.column,
        "words": mistake.message,
        "told": str(mistake),
    }


def _path(refused: Refused) -> list[str]:
    """The field that a refusal speaks of, as far as it names one."""
    return [] if refused.argument is None else refused.argument.split(".")
