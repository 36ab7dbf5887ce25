"""The house is drawn from its own imports, or what is wrong with it is told: houses worked out by hand."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from xml.etree import ElementTree

DOCS = Path(__file__).parents[2] / "docs"

Files = dict[str, str]

SOUND: Files = {
    "__init__": "",
    "attic": "import house.hall.door",
    "hall/__init__": "",
    "hall/door": "from house import cellar",
    "cellar": "",
}
"""Three rooms, each of which imports the one below: text of each file."""

LAYERS = ["attic", "hall", "cellar"]


def drawn(project: Path, files: Files, layers: list[str]) -> subprocess.CompletedProcess[str]:
    """Draws an invented house in a folder."""
    for name, text in files.items():
        file = project / "house" / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    contract = f"""\
        [tool.importlinter]
        root_package = "house"
        [[tool.importlinter.contracts]]
        type = "layers"
        containers = ["house"]
        layers = {layers}
        """
    (project / "pyproject.toml").write_text(dedent(contract), encoding="utf-8")
    (project / "docs" / "pictures").mkdir(parents=True)
    script = shutil.copy(DOCS / "imports.py", project / "docs")
    return subprocess.run(
        [sys.executable, script], cwd=project, capture_output=True, text=True, check=False
    )


def test_the_picture_of_the_house_is_as_it_would_be_drawn_now(tmp_path: Path) -> None:
    """If not: run `python docs/imports.py`, which says so where no arrow may stand."""
    now = tmp_path / "house.svg"
    script = DOCS / "imports.py"
    done = subprocess.run(
        [sys.executable, script, now], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert now.read_text("utf-8") == (DOCS / "pictures" / "house.svg").read_text("utf-8")


def test_a_sound_house_is_drawn_with_its_rooms_and_the_arrows_that_say_something(
    tmp_path: Path,
) -> None:
    """The attic imports the cellar too: the way through the hall says so already."""
    files = SOUND | {"attic": "import house.hall.door\nimport house.cellar"}
    done = drawn(tmp_path, files, LAYERS)
    assert (done.returncode, done.stderr) == (0, "")
    picture = ElementTree.parse(tmp_path / "docs" / "pictures" / "house.svg")
    names = [text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert names == LAYERS
    lines = [path.get("d", "") for path in picture.iter("{http://www.w3.org/2000/svg}path")]
    heights = [list(map(int, re.findall(r" (\d+)", line))) for line in lines if "C" in line]
    assert len(heights) == 2
    assert all(height[0] < height[-1] for height in heights)


def test_an_arrow_up_is_told_wherever_the_import_stands(tmp_path: Path) -> None:
    """A lazy one as well; one for the sake of types alone is none."""
    lazy = "def f():\n    import house.hall.door\n"
    types = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import house.attic\n"
    done = drawn(tmp_path, SOUND | {"cellar": types + lazy}, LAYERS)
    assert done.returncode == 1
    upwards, circle = done.stderr.splitlines()
    assert upwards == "house.cellar imports house.hall.door, which does not lie below it"
    assert circle.startswith("a circle: house.")
    assert not (tmp_path / "docs" / "pictures" / "house.svg").exists()


def test_an_arrow_to_a_room_of_the_same_layer_is_told(tmp_path: Path) -> None:
    done = drawn(tmp_path, SOUND, ["attic", "hall | cellar"])
    assert done.returncode == 1
    assert done.stderr == "house.hall.door imports house.cellar, which does not lie below it\n"


def test_an_import_of_the_front_door_is_told(tmp_path: Path) -> None:
    done = drawn(tmp_path, SOUND | {"cellar": "import house"}, LAYERS)
    assert done.returncode == 1
    assert done.stderr == "house.cellar imports house, which does not lie below it\n"


def test_a_circle_within_a_room_is_told(tmp_path: Path) -> None:
    files = {"hall/door": "import house.hall.stairs", "hall/stairs": "import house.hall.door"}
    done = drawn(tmp_path, SOUND | files, LAYERS)
    assert done.returncode == 1
    assert done.stderr.startswith("a circle: house.hall.")
    assert done.stderr.count(" -> ") == 2


def test_a_room_without_a_layer_and_a_layer_without_a_room_are_told(tmp_path: Path) -> None:
    done = drawn(tmp_path, SOUND, ["attic", "hall", "kitchen"])
    assert done.returncode == 1
    assert done.stderr.splitlines()[:2] == [
        "cellar has no layer in pyproject.toml",
        "kitchen is a layer of pyproject.toml and no room",
    ]
