"""The app that all tests of a process share, and the folder that it was given."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.running import SCENARIOS, App


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("scenarios") / "mine"
    made.mkdir()
    emily = (SCENARIOS / "emily.yaml").read_text("utf-8")
    (made / "emily.yaml").write_text(emily, encoding="utf-8")
    (made / "secret.txt").write_text("salary", encoding="utf-8")
    (made / "link.yaml").symlink_to(made.parent / "outside.yaml")
    (made.parent / "outside.yaml").write_text(emily, encoding="utf-8")
    return made


@pytest.fixture(scope="session")
def app(folder: Path) -> Iterator[App]:
    running = App(folder)
    yield running
    running.close()
