"""The pages of many clients: who can save most the first, made once, never over what is somebody else's.

What a client can save is compared with the JSON of `compare`. The pages themselves are tried in
`tests/report`; here a short one stands for them, except where their bytes are compared.
"""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import simulator
from simulator.answer.comparison import Comparison
from simulator.batches import job
from simulator.clients import client_page, made
from simulator.clients.made import Made
from simulator.clients.pages import pages
from simulator.refusal import Refused
from simulator.report.page.numbers import numbers
from tests.commands import Run
from tests.documents import EMILY

TEXT = {"taxes": {"federal": "24%"}}
CLIENTS: dict[str, dict[str, Any]] = {
    "modest": {**TEXT, "elections": {"after_tax": "2%"}},
    "saver": {**TEXT, "elections": {"after_tax": "10%"}},
    "untaxed": {"elections": {"after_tax": "10%"}},
    "easy": {**TEXT, "policies": ["year-end"]},
}


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Pages are a line, made in this process; the names of those that are made."""
    made_now: list[str] = []

    def page(comparison: Comparison) -> str:
        made_now.append(Path(comparison.scenario.source).stem)
        return f"<p>{comparison.verdict.measure}</p>"

    from tests.batches import Here

    monkeypatch.setattr("simulator.clients.pages.Processes", Here)
    monkeypatch.setattr(client_page, "page", page)
    monkeypatch.setattr(client_page, "paper", lambda html: b"%PDF" + html.encode())
    return made_now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four clients, one of them in a folder below."""
    place = tmp_path / "clients"
    (place / "below").mkdir(parents=True)
    for name, change in CLIENTS.items():
        file = place / ("below" if name == "easy" else "") / f"{name}.yaml"
        file.write_text(json.dumps({**EMILY, "name": name.title(), **change}), "utf-8")
    return place


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Each file's time and bytes, the record of what was made aside."""
    return {
        file.name: (file.stat().st_mtime_ns, file.read_bytes())
        for file in folder.iterdir()
        if file.suffix != ".sqlite"
    }


def order(index: str) -> list[str]:
    """The pages of an index in its order."""
    return re.findall(r'<th scope="row" role="rowheader"><a href="([^"]*)">', index)


def saves(file: Path) -> float | None:
    told = simulator.compare(simulator.load(file)).to_dict()["verdict"]["saves"]
    return told and float(told["mean"])


def test_who_can_save_most_is_the_first(short: list[str], folder: Path, tmp_path: Path) -> None:
    done = pages(folder, tmp_path / "out")
    assert [one.name for one in done.clients] == ["Saver", "Modest", "Easy", "Untaxed"]
    told = {one.page: one.saves for one in done.clients}
    files = {file.stem: file for file in folder.rglob("*.yaml")}
    assert told == {f"{name}.html": saves(file) for name, file in files.items()}
    index = done.index.read_text("utf-8")
    assert order(index) == ["saver.html", "modest.html", "easy.html", "untaxed.html"]
    amount = round(saves(files["saver"]) or 0)
    assert f"4 clients; 2 can save, the most Saver: ${amount}." in index
    assert "Of 1 the files say nothing of taxes." in index
    assert len(short) == 4
    assert list(done.to_frame()["page"]) == order(index)


@pytest.mark.usefixtures("short")
def test_what_the_index_says_can_be_saved_is_what_the_page_says_first(tmp_path: Path) -> None:
    """The best has the fewest conversions, so it is told beside the dearest: each conversion costs 25."""
    plan = {"conversion": {"fee": 25}}
    few = tmp_path / "few.yaml"
    document = {**EMILY, **TEXT, "plan": plan, "policies": ["per-paycheck", "year-end"]}
    few.write_text(json.dumps({**document, "elections": {"after_tax": "1%"}}), "utf-8")
    done = pages(few, tmp_path / "out")
    comparison = simulator.compare(simulator.load(few))
    first = next(numbers(comparison))
    assert comparison.verdict.against is None and comparison.verdict.best is not None
    assert done.clients[0].amount == first.figure
    index = done.index.read_text("utf-8")
    assert f"<b>{first.figure}</b>" in index and "After each paycheck" in index
    assert ">Dec 31, 2025</td>" in index, "a day in words"


def test_a_page_is_that_of_a_single_report(folder: Path, tmp_path: Path, main: Run) -> None:
    """And of a worker of its own: nothing stands for anything here."""
    alone, many = tmp_path / "alone.html", tmp_path / "out"
    assert main("report", folder / "saver.yaml", "-o", alone).status == 0
    done = main("report", folder / "saver.yaml", "-o", f"{many}/", "--workers", 1)
    assert done.status == 0
    assert f"1 page in {many}; who can save most the first: {many / 'index.html'}" in done.stderr
    assert (many / "saver.html").read_bytes() == alone.read_bytes()


def test_what_is_there_is_not_made_again(short: list[str], folder: Path, tmp_path: Path) -> None:
    pages(folder, tmp_path / "out", pdf=True)
    before = snapshot(tmp_path / "out")
    short.clear()
    again = pages(folder, tmp_path / "out", pdf=True)
    assert (short, again.known) == ([], 4)
    after = snapshot(tmp_path / "out")
    assert after.pop("index.html")[1] == before.pop("index.html")[1]
    assert after == before


def test_only_what_changed_is_made_again(short: list[str], folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pages(folder, out)
    short.clear()
    (folder / "modest.yaml").write_text(json.dumps({**EMILY, "name": "Modest"}), "utf-8")
    (out / "saver.html").unlink()
    pages(folder, out)
    assert sorted(short) == ["modest", "saver"]


@pytest.mark.usefixtures("short")
def test_a_changed_file_that_a_scenario_names_makes_its_page_anew(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[2] / "scenarios" / "data", tmp_path / "data")
    file = tmp_path / "own.yaml"
    returns = {"model": "history", "prices": "data/yahoo-like.csv"}
    file.write_text(json.dumps({**EMILY, "returns": returns}), "utf-8")
    pages(file, tmp_path / "out")
    assert pages(file, tmp_path / "out").known == 1
    prices = tmp_path / "data" / "yahoo-like.csv"
    prices.write_bytes(prices.read_bytes() + b"\n")
    assert pages(file, tmp_path / "out").known == 0


def test_without_paths_every_page_is_made_anew(
    short: list[str], folder: Path, tmp_path: Path
) -> None:
    settings = ["returns.model=lognormal", "returns.paths=64"]
    place = folder / "saver.yaml"
    for engine, known in (("auto", 0), ("numpy", 1), ("exact", 0), ("exact", 1)):
        done = pages(place, tmp_path / "out", settings=settings, engine=engine)
        assert (engine, done.known) == (engine, known)
    assert len(short) == 2


@pytest.mark.parametrize("what", ["settings", "version"])
def test_other_settings_or_another_version_make_every_page_anew(
    what: str, short: list[str], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages(folder, tmp_path / "out")
    monkeypatch.setattr(job, "basis", lambda: what) if what == "version" else None
    settings = ["pay.salary=150_000"] if what == "settings" else []
    assert pages(folder, tmp_path / "out", settings=settings).known == 0
    assert len(short) == 8


@pytest.mark.usefixtures("short")
def test_a_pdf_is_made_beside_each_page_and_anew_with_it(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert pages(folder, out).known == 0
    done = pages(folder, out, pdf=True)
    assert (done.known, done.clients[0].paper) == (0, "saver.pdf")
    assert 'href="saver.pdf"' in done.index.read_text("utf-8")
    assert pages(folder, out).known == 4
    text = (folder / "saver.yaml").read_text("utf-8").replace("24%", "35%")
    (folder / "saver.yaml").write_text(text, "utf-8")
    (out / "saver.pdf").unlink()
    pages(folder, out)  # an old PDF beside a new page would tell otherwise
    assert (out / "saver.pdf").exists()


@pytest.mark.parametrize("changed", [b"somebody else's", None])
@pytest.mark.usefixtures("short")
def test_a_file_that_was_not_made_so_is_left_as_it_is(
    changed: bytes | None, folder: Path, tmp_path: Path, main: Run
) -> None:
    out = tmp_path / "out"
    if changed is None:  # one that was made, and edited since
        pages(folder, out)
        changed = (out / "saver.html").read_bytes() + b"<!-- my note -->"
    out.mkdir(exist_ok=True)
    (out / "saver.html").write_bytes(changed)
    done = main("report", folder, "-o", out)
    assert done.status == 1
    assert f"{out / 'saver.html'}: is not as mbdr report made it, so it is left" in done.stderr
    assert f"3 of 4 pages are as asked for, in {out}; " in done.stderr
    assert (out / "saver.html").read_bytes() == changed
    index = (out / "index.html").read_text("utf-8")
    assert order(index) == ["modest.html", "easy.html", "untaxed.html"]
    assert "Without a page" in index


def test_another_index_is_left_as_it_is_before_anything_is_made(
    short: list[str], folder: Path, tmp_path: Path, main: Run
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").write_bytes(b"my site")
    done = main("report", folder, "-o", tmp_path / "out")
    assert done.status == 2
    assert "index.html: is not as mbdr report made it" in done.stderr
    assert (tmp_path / "out" / "index.html").read_bytes() == b"my site"
    assert short == []


@pytest.mark.usefixtures("short")
def test_who_fails_is_told_at_the_end_and_the_others_are_made(
    folder: Path, tmp_path: Path, main: Run
) -> None:
    (folder / "bad.yaml").write_text("name: Bad\n", "utf-8")
    done = main("report", folder, "-o", tmp_path / "out")
    assert (done.status, done.stdout) == (1, "")
    assert f"{folder / 'bad.yaml'}:1:1: years: is missing; write" in done.stderr
    told = done.stderr.splitlines()[-1]
    assert told.startswith(f"4 of 5 pages are as asked for, in {tmp_path / 'out'}; ")
    assert "years: is missing" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_an_interrupt_keeps_what_is_finished_and_the_same_command_goes_on(
    short: list[str], folder: Path, tmp_path: Path, main: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page(comparison: Comparison) -> str:
        if len(short) == 2:
            raise KeyboardInterrupt
        short.append(comparison.scenario.name)
        return "<p>"

    with monkeypatch.context() as patched:
        patched.setattr(client_page, "page", page)
        done = main("report", folder, "-o", tmp_path / "out")
    assert done.status == 130
    assert "the same command goes on from there" in done.stderr
    there = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert len(there) == 3  # two pages, and the record of them
    assert all(name.endswith((".html", ".sqlite")) for name in there)
    assert main("report", folder, "-o", tmp_path / "out").status == 0
    assert len(short) == 4


@pytest.mark.usefixtures("short")
def test_a_disk_that_is_full_leaves_pages_whole_and_ours(
    folder: Path, tmp_path: Path, main: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is noted before it is written: what stands there afterwards is known, old or new."""
    out = tmp_path / "out"
    pages(folder, out)
    with monkeypatch.context() as patched:
        patched.setattr(made, "write", _full)
        done = main("report", folder, "-o", out, "--set", "pay.salary=150_000")
    assert done.status == 2
    assert f"{out}: cannot be written: No space left on device" in done.stderr
    again = main("report", folder, "-o", out, "--set", "pay.salary=150_000")
    assert again.status == 0, again.stderr


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_two_processes_do_not_write_into_one_folder(tmp_path: Path) -> None:
    held = Made(tmp_path / "out")
    with pytest.raises(Refused, match="another process writes into it; wait until it is done"):
        Made(tmp_path / "out")
    held.close()
    Made(tmp_path / "out").close()


@pytest.mark.usefixtures("short")
def test_scenarios_of_python_have_pages_too(tmp_path: Path) -> None:
    one = simulator.Scenario.model_validate(
        {**EMILY, "name": "Ann <b>", "taxes": {"federal": "24%"}}
    )
    done = pages([one, one.varied(name="Ben")], tmp_path / "out")
    assert sorted(line.page for line in done.clients) == ["Ann-b.html", "Ben.html"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["FOLDER"], "several pages go into a folder: add -o FOLDER"),
        (["FOLDER", "-o", "x.html"], "x.html: several pages go into a folder; name one"),
        (["-", "FOLDER", "-o", "out"], "- is one scenario; name files or folders"),
        (["FOLDER/saver.yaml", "--workers", "2"], "--workers says nothing to one page"),
        (["FOLDER", "-o", "out", "--format", "json"], "a report is a page"),
        (["FOLDER", "-o", "out", "--set", "pay.salry=1"], "did you mean 'salary'?"),
        (["nowhere/", "-o", "out/"], "nowhere: no such file or folder"),
        (["FOLDER", "-o", "nowhere/out"], "there is no folder nowhere"),
    ],
)
def test_what_is_asked_wrongly_is_a_line(
    arguments: list[str],
    said: str,
    folder: Path,
    tmp_path: Path,
    main: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = main("report", *(one.replace("FOLDER", str(folder)) for one in arguments))
    assert done.status == 2
    assert said in done.stderr


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "hostile"
    place.mkdir()
    words = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202e\x1b[31m {{ 7 * 7 }}'
    document = {**EMILY, **TEXT, "name": words, "client": {"name": words}}
    for name in ("<img src=x onerror=alert(3)>", "javascript:alert(4)", '" onclick="alert(5)'):
        (place / f"{name}.yaml").write_text(json.dumps(document), "utf-8")
    (place / "bad <script>.yaml").write_text("name: <script>alert(6)</script>\n", "utf-8")
    yield place


@pytest.mark.usefixtures("short")
def test_hostile_names_stay_texts_in_the_index(hostile: Path, tmp_path: Path) -> None:
    from tests.robustness.test_hostile_texts import STEERING, Tags

    done = pages(hostile, tmp_path / "out")
    text = done.index.read_text("utf-8")
    tags = Tags(text)
    assert not {"script", "img"} & tags.names
    assert not tags.handlers
    assert not STEERING.search(text)
    assert sorted(order(text)) == [
        "img-src-x-onerror-alert-3.html", "javascript-alert-4.html", "onclick-alert-5.html",
    ]  # fmt: skip
    assert "{{ 7 * 7 }}" in text
