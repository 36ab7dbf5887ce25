"""The written parts are executed: every command of the README and the docs runs and prints what they say."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from click.testing import CliRunner

from simulator.cli import COMMANDS, cli

ROOT = Path(__file__).parents[2]
PLACES = ("*.md", "docs/*.md", "scenarios/*.md", "simulator/*.md")
PAGES = sorted(page for place in PLACES for page in ROOT.glob(place) if page.name != "CHANGELOG.md")


class Console(NamedTuple):
    """A fenced console block of a page: its commands, and what each is said to print."""

    page: Path
    line: int
    commands: tuple[tuple[str, str], ...]


def consoles() -> list[Console]:
    """Every fenced console block of the README and the docs."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in re.finditer(r"^```console\n(.*?)^```$", text, re.S | re.M):
            parts = re.split(r"^\$ ", block[1], flags=re.M)[1:]
            commands = tuple((part.partition("\n")[0], part.partition("\n")[2]) for part in parts)
            found.append(Console(page, text[: block.start()].count("\n") + 1, commands))
    return found


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("console", consoles(), ids=lambda one: f"{one.page.name}:{one.line}")
def test_the_commands_of_a_page_run_and_print_what_it_says(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 80 columns, in a folder with the scenarios."""
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    assert console.commands, f"{console.page.name}:{console.line} has no command"
    for command, expected in console.commands:
        program, *arguments = shlex.split(command)
        assert program == "mbdr", command
        done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
        assert done.exit_code == 0, done.stderr
        if expected:
            assert done.stdout.strip() == expected.strip(), command


def programs() -> list[tuple[Path, str]]:
    """The Python of each page that has some, in one piece."""
    found = []
    for page in PAGES:
        blocks = re.findall(r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.S | re.M)
        if blocks:
            found.append((page, "\n".join(blocks)))
    return found


@pytest.mark.parametrize(("page", "program"), programs(), ids=lambda one: getattr(one, "name", ""))
def test_the_python_of_a_page_runs(page: Path, program: str, tmp_path: Path) -> None:
    """As a script, in which a batch starts its processes under the usual guard."""
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    script = tmp_path / f"{page.stem}.py"
    body = "\n".join(f"    {line}".rstrip() for line in program.splitlines())
    script.write_text(f'if __name__ == "__main__":\n{body}\n')
    done = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _command(name: str) -> click.Command:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None, name
    return command


def test_every_option_of_every_command_is_documented() -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    missing = [
        f"{name} {option}"
        for name in COMMANDS
        for parameter in _command(name).params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--") and option not in pages
    ]
    assert missing == []


def test_every_command_is_documented() -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [name for name in COMMANDS if f"mbdr {name}" not in pages] == []


def test_links_between_pages_lead_somewhere() -> None:
    rooms = ("docs/decisions", "benchmarks", "notebooks", "tests/robustness")
    more = [
        ROOT / "CONTRIBUTING.md",
        *(page for room in rooms for page in ROOT.glob(f"{room}/*.md")),
    ]
    broken = [
        f"{page.name}: {target}"
        for page in [*PAGES, *more]
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_readmes_table_is_what_the_first_command_prints(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "mbdr compare scenarios/emily.yaml" in readme
    shown = re.search(r"^```text\n(.*?)^```$", readme, re.S | re.M)
    assert shown is not None
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    done = CliRunner().invoke(cli, ["compare", "scenarios/emily.yaml"], catch_exceptions=False)
    assert done.stdout.startswith(shown[1])


def test_the_pictures_of_the_pages_are_those_that_the_script_draws(tmp_path: Path) -> None:
    script = ROOT / "docs" / "pictures" / "draw.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    drawn = sorted(file.name for file in tmp_path.iterdir())
    shown = re.findall(r"^!\[.*\]\(.*?pictures/(.*?\.svg)\)$", pages, re.M)
    assert sorted([*drawn, "house.svg"]) == sorted(shown)  # that one has a test of its own
    for name in drawn:
        shipped = (ROOT / "docs" / "pictures" / name).read_text(encoding="utf-8")
        title = re.search(r"<title>.*?</title>", shipped, re.S)
        assert title is not None
        assert title[0] in (tmp_path / name).read_text(encoding="utf-8")
