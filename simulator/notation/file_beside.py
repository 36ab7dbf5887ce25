"""The name of a file beside the scenario file, as a field of it."""

from pathlib import Path
from typing import Annotated, Any

from pydantic_core import core_schema

from simulator.files.opened import Unreadable, absolute, is_folder, lies_within, opened
from simulator.notation.fields import read_name
from simulator.notation.wording import shown, wrong


class _File:
    """Metadata of an annotated path: a file beside the scenario file.

    The context has the file's folder, and as `within` the one that the file must not lie outside of, if any.
    """

    words = "file name"
    none = False

    def _read(self, value: object, info: core_schema.ValidationInfo) -> Path:
        context = info.context or {}
        folder: Path = context.get("folder", Path())
        within: Path | None = context.get("within")
        name = value if isinstance(value, Path) else read_name(value)
        if within is not None and not lies_within(name, folder, within):
            raise wrong(f"{shown(value)} lies outside {within}; name a file in it")
        file = folder / name
        try:
            with opened(file):
                return file
        except Unreadable as why:
            if why.missing or is_folder(file):
                there = absolute(folder) if within is None else within
                raise wrong(f"{shown(value)} is no file in {there}") from None
            raise wrong(f"{shown(value)} cannot be read: {why}") from None

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(
            self._read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}


FileBeside = Annotated[Path, _File()]
