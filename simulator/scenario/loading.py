"""From a file to a scenario: read, checked once, every mistake in one reading."""

from collections.abc import Iterable
from difflib import get_close_matches
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

from simulator.files.opened import Unreadable, content, is_folder
from simulator.notation.fields import Specification
from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.notation.numbers import percent
from simulator.notation.taken import demand_name, texts
from simulator.notation.yaml_document import document
from simulator.notation.yaml_reader import LARGEST
from simulator.returns.every_model import schemas_apart
from simulator.scenario.scenario import Origin, Scenario, scenario_in

FOLDER = "; name a file in it (mbdr batch and mbdr report take folders)"

MOST_NAMES = 1_000
"""Files of a folder that are compared with a misspelt name."""


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, from the classes that validate it."""
    from pydantic.json_schema import GenerateJsonSchema

    class AsWritten(GenerateJsonSchema):
        """Defaults are shown as a file has them: `7%`, not `7/100`."""

        def encode_default(self, dft: Any) -> Any:
            if isinstance(dft, tuple):
                return [self.encode_default(part) for part in dft]
            if isinstance(dft, Specification):  # pydantic before 2.14 forgets the aliases here
                return dft.model_dump(mode="json", by_alias=True)
            return percent(dft) if isinstance(dft, Fraction) else super().encode_default(dft)

    schema = Scenario.model_json_schema(by_alias=True, schema_generator=AsWritten)
    schemas_apart(schema["$defs"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def load(
    path: str | Path, settings: Iterable[str] = (), within: str | Path | None = None
) -> Scenario:
    """Reads a scenario file.

    Args:
        path: The file; its folder is where the files that it names are looked for.
        settings: Assignments `path.to.field=value` that override it before it is checked.
        within: A folder that no file which the scenario names may lie outside of, for those who answer
            the scenarios of others: neither by an absolute name nor by `..` nor by a link. What lies
            outside is refused without a look at it.

    Raises:
        Mistakes: All that is wrong with it, each with file, line and column.
    """
    demand_name("load", path, "a file", "simulator.load('my.yaml')")
    try:
        read = content(path, LARGEST, "a scenario", pipes=True)
    except Unreadable as why:
        hint = _files_like(Path(path)) if why.missing else FOLDER if is_folder(Path(path)) else ""
        raise Mistakes([Mistake(Place(str(Path(path))), (), f"{why}{hint}")]) from None
    return loads(read, visible(str(path)), Path(path).parent, settings, within)


def _files_like(path: Path) -> str:
    """A hint at a scenario file whose name is near."""
    there = path.parent.glob("*.y*ml") if is_folder(path.parent) else iter(())
    names = [file.name for file in islice(there, MOST_NAMES) if file.name != path.name]
    near = get_close_matches(path.name, names, n=1)
    return (
        f"; did you mean {path.parent / near[0]}?"
        if near
        else "; `mbdr new FILE` writes one to start from"
    )


def loads(
    content: bytes,
    source: str,
    folder: Path = Path(),
    settings: Iterable[str] = (),
    within: str | Path | None = None,
) -> Scenario:
    """Reads the bytes of a scenario file; see `load`."""
    if within is not None:
        demand_name("within", within, "a folder", "within='scenarios'")
    inside = None if within is None else Path(within)
    written = texts("settings", settings, "pay.salary=180_000")
    origin = Origin(content, source, folder, written, inside)
    read = document(content, source)
    for assignment in origin.settings:
        read.set(assignment)
    return scenario_in(read, origin)
