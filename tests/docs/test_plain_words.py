"""What people read is in plain words: none that only programmers or mathematicians use, and none that puzzle.

The program's own sentences are read from its source, so that those of rare cases are among them.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from simulator.cli import COMMANDS, cli

ROOT = Path(__file__).parents[2]
ROOMS = sorted({file.parent.name for file in (ROOT / "simulator").glob("*/*.py")})
IN_THE_BROWSER = sorted(
    file for ending in ("js", "html") for file in (ROOT / "simulator" / "app").rglob(f"*.{ending}")
)
COMMENT = re.compile(r"/\*.*?\*/|(?m:^\s*//[^\n]*$)", re.S)
WRITTEN = re.compile(r"\"(?:\\.|[^\"\n])*\"|'(?:\\.|[^'\n])*'|`(?:\\.|[^`])*`")
PUT_IN = re.compile(r"\$\{[^}]*\}")
"""Of a script: comments, its texts, and what is put into one."""

PRINTED = sorted(ROOT.glob("tests/cli/snapshots/*.txt"))
INSTEAD = {
    r"dear(er|est)?": "high-interest of a debt, costs more",
    r"buckets?": "account",
    r"zero(e[sd])? out": "empty",
    r"clip(s|ped|ping)?": "cut, take off",
    r"pass(es|ed)? over": "had to wait",
    r"binds?": "takes something",
    r"(in)?feasible": "possible",
    r"optim(al|um|i[sz]e[sd]?)": "best",
    r"stochastic": "draws paths, random",
    r"kernels?": "arrays of all paths",
    r"std(in|out|err)": "standard input, output, error",
    r"integers?|strings?|booleans?|tuples?": "whole number, text, yes or no",
    r"tracebacks?|exceptions? (is|was) raised|parse[drs]?|iterat(e[sd]?|ions?)": "say what happens",
    r"utili[sz]e[sd]?|leverag(e[sd]?|ing)|payloads?|config": "use, settings",
    r"quantiles?": "percentile",
    r"null": "not known, none",
}
FIELD = {r"stochastic", r"kernels?", r"clip(s|ped|ping)?", r"binds?", "null"}
"""The terms of a field are welcome where it is written for those who work in it."""

FOR_PROGRAMS = "mcp"
"""The room whose texts describe JSON."""

IN_THE_FIELD = {"assistants.md", "library.md", "method.md", "research.md", "tour.md", "commands.md"}
QUERY = re.compile(r"\b(iif|SELECT|CREATE|INSERT|FROM|WHERE|WITH|JOIN|NOT NULL)\b")
NO_SENTENCE = re.compile(r"<stdin>")
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")), *sorted(ROOT.glob("scenarios/*.md"))]


def puzzling(words: str, allowed: set[str]) -> list[str]:
    """The words that should be others, each with what to write instead."""
    return [
        f"{found[0]!r}: write {instead}"
        for word, instead in INSTEAD.items()
        if word not in allowed
        for found in re.finditer(rf"\b({word})\b", words, re.IGNORECASE)
    ]


def sentences(file: Path) -> Iterator[str]:
    """The texts of several words in a module that are not its documentation."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    bodies = (getattr(node, "body", None) for node in ast.walk(tree))
    documentation = {
        id(one.value)
        for body in bodies
        if isinstance(body, list)
        for one in body
        if isinstance(one, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value.strip()
            if id(node) not in documentation and " " in words and not QUERY.search(words):
                yield NO_SENTENCE.sub("", words)


@pytest.mark.parametrize("room", ROOMS)
def test_what_the_program_says_is_in_plain_words(room: str) -> None:
    found = {
        f"{file.relative_to(ROOT)}: {words[:60]}": wrong
        for file in sorted((ROOT / "simulator" / room).rglob("*.py"))
        for words in sentences(file)
        if (wrong := puzzling(words, FIELD if room == FOR_PROGRAMS else set()))
    }
    assert not found


@pytest.mark.parametrize("file", IN_THE_BROWSER, ids=lambda file: file.name)
def test_what_the_app_says_is_in_plain_words(file: Path) -> None:
    words = file.read_text(encoding="utf-8")
    if file.suffix == ".js":
        texts = WRITTEN.findall(COMMENT.sub("", words))
        words = "\n".join(PUT_IN.sub("", text) for text in texts if " " in text)
    assert not puzzling(words, set())


@pytest.mark.parametrize("file", PRINTED, ids=lambda file: file.stem)
def test_what_commands_print_is_in_plain_words(file: Path) -> None:
    assert not puzzling(file.read_text(encoding="utf-8"), set())


def test_the_help_is_in_plain_words() -> None:
    context = click.Context(cli)
    commands = [cli, *(cli.get_command(context, name) for name in COMMANDS)]
    helps = {one.name: one.help or "" for one in commands if one}
    assert len(helps) == len(COMMANDS) + 1
    assert not {name: wrong for name, words in helps.items() if (wrong := puzzling(words, set()))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_the_docs_are_in_plain_words(page: Path) -> None:
    """Code is code; the terms of a field stay in the pages for those who work in it."""
    prose = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.S)
    assert not puzzling(prose, FIELD if page.name in IN_THE_FIELD else set())
