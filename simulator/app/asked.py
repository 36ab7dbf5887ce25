"""What a page asks: the text of a scenario, the files that it names, and which of its answers is wanted."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, ValidationError

from simulator.app.names import plain_name
from simulator.files.opened import absolute
from simulator.notation.mistakes import Mistakes
from simulator.refusal import Refused
from simulator.scenario.loading import loads
from simulator.scenario.scenario import Scenario

MOST_FILES = 20

FEW_PATHS = 1_024
"""Of the answer that comes first, where there are many."""


class NoQuestion(Refused):
    """What came is no question of the page."""


class Asked(BaseModel):
    """A question of the page.

    Attributes:
        text: The scenario, as its file has it.
        name: What that file is called.
        files: The files that it names, by these names.
        from_folder: Whether they are looked for in the folder that the app was given instead.
        few: Whether few paths are enough.
        kind: Which file is wanted, of a download.
        policy: Of which policy.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    text: str
    name: str = Field("scenario.yaml", min_length=1, max_length=255)
    files: Mapping[str, Base64Bytes] = Field({}, max_length=MOST_FILES)
    from_folder: bool = False
    few: bool = False
    kind: Literal["", "json", "page", "pdf", "ics", "xlsx"] = ""
    policy: str | None = None


def asked(body: bytes) -> Asked:
    """The question in a body of JSON.

    Raises:
        NoQuestion: There is none in it.
    """
    try:
        return Asked.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the body"
        raise NoQuestion(f"no question of the page: {where}: {first['msg']}") from None


@contextmanager
def scenario_of(question: Asked, folder: Path | None) -> Iterator[Scenario]:
    """The scenario that is asked about, as long as the files that it names are there.

    Args:
        question: What is asked.
        folder: The folder that the app was given, if any.

    Raises:
        Mistakes: All that is wrong with it.
        NoName: A file that came along has no plain name.
    """
    if question.from_folder:
        if folder is None:
            raise NoQuestion("the app was started without a folder: mbdr app --folder DIR")
        yield _loaded(question, folder)
        return
    with tempfile.TemporaryDirectory(prefix="mbdr-") as made:
        around = Path(absolute(made))
        for name, content in question.files.items():
            file = around / plain_name(name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        try:
            yield _loaded(question, around)
        except Mistakes as mistakes:
            raise Mistakes(
                [one._replace(message=_unnamed(one.message, made)) for one in mistakes.mistakes],
                mistakes.more,
            ) from None


def _loaded(question: Asked, folder: Path) -> Scenario:
    content = question.text.encode()
    scenario = loads(content, question.name, folder, within=folder)
    returns = scenario.returns
    if not (question.few and returns.drawn and returns.paths > 2 * FEW_PATHS):
        return scenario
    return loads(content, question.name, folder, [f"returns.paths={FEW_PATHS}"], within=folder)


def _unnamed(message: str, folder: str) -> str:
    """A message without the name of a folder that the user has never seen."""
    return (
        message.replace(f"is no file in {folder}", "is not among the files that you chose")
        .replace(
            f"lies outside {folder}; name a file in it", "is no name of a file beside this one"
        )
        .replace(f"{folder}/", "")
    )
