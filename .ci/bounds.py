"""The wheel, installed outside the checkout twice, answers alike.

Once with the lowest versions that pyproject.toml states, those of the extras too, on Python 3.11; once with
the newest, on the newest Python of this machine. Where there is none, it is said, and the rest goes on.
"""

import os
import re
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EMILY, UNEVEN = (str(ROOT / "scenarios" / f"{name}.yaml") for name in ("emily", "uneven-year"))
COMPANY, PEOPLE = str(ROOT / "scenarios/company.yaml"), str(ROOT / "scenarios/data/people.csv")
FEW = ("--set", "returns.paths=500")
BEYOND = ("--set", "years=2061", "--set", "limits.inflation=2%")
"""Past the shipped table of holidays."""

EXTRAS = ("dask", "duckdb", "fast", "history", "pdf")
OLDEST, NEWER = (3, 11), ((3, 14), (3, 13), (3, 12))
LEFT_OUT = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
"""Of the environment: what would lead back into the checkout, and what would compile a module each time."""

SAID = {
    "version.txt": ("--version",),
    "help.txt": ("-h",),
    "even.txt": ("compare", EMILY),
    "even.csv": ("compare", EMILY, "--format", "csv"),
    "even.json": ("compare", EMILY, "--set", "pay.salary=180_000", "--format", "json"),
    "beyond.json": ("compare", EMILY, *BEYOND, "--format", "json"),
    "uneven.csv": ("compare", UNEVEN, *FEW, "--until", "30", "--format", "csv"),
    "uneven.json": ("compare", UNEVEN, "--paths", "500", "--format", "json"),
    "schema.json": ("schema",),
    "payroll.csv": ("payroll", EMILY, "--format", "csv"),
    "ledger.csv": ("ledger", EMILY, "--policy", "monthly", "--format", "csv"),
    "check.json": ("check", EMILY, "--format", "json"),
    "form.json": ("form", EMILY, "--format", "json"),
    "remind.csv": ("remind", EMILY, "--policy", "monthly", "--format", "csv"),
    "sweep.csv": ("sweep", UNEVEN, *FEW, "--delay", "0:20:10", "--format", "csv"),
    "limits.json": ("limits", "2026", "2027", "--inflation", "2.5%", "--format", "json"),
}
"""What is said on standard output, by the name of the file that keeps it."""

WRITTEN = {
    "form.svg": ("form", EMILY),
    "page.html": ("report", EMILY),
    "monthly.ics": ("remind", EMILY, "--policy", "monthly"),
    "cadence.svg": ("plot", EMILY),
    "delay.png": ("plot", EMILY, "--kind", "delay"),
    "balance.pdf": ("plot", EMILY, "--kind", "balance"),
    "results": ("batch", COMPANY, "--table", PEOPLE),
    "results.csv": ("export", "results"),
    "summary.json": ("summary", "results"),
    "summary.svg": ("summary", "results"),
}
"""What is written with -o, in this order: the later read what the earlier have written."""

WRITTEN_WITH_EXTRAS = {
    "results.parquet": ("export", "results"),
    "median.csv": ("export", "results", "--sql", "SELECT median(box_2a_mean) FROM results_total"),
    "fast.csv": ("compare", UNEVEN, *FEW, "--engine", "fast"),
    "history.csv": ("compare", UNEVEN, *FEW, "--set", "returns.model=bootstrap"),
    "paper.html": ("report", EMILY, "--pdf"),
}

REFUSED = {
    "unknown key": ("compare", EMILY, "--set", "pay.salry=1"),
    "no amount above 0": ("compare", UNEVEN, "--until", "0"),
}
"""Mistakes, by what the one line says that answers them."""


def lowest() -> list[str]:
    """The lowest versions that pyproject.toml allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = project["optional-dependencies"]
    stated = [*project["dependencies"], *(one for extra in EXTRAS for one in optional[extra])]
    return [one.replace(">=", "==") for one in stated]


def python(version: tuple[int, int]) -> str | None:
    """A Python of a version that really runs and can make environments: on the path, or of pyenv."""
    name = "python{}.{}".format(*version)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    places = sorted(pyenv.glob("{}.{}.*/bin/python".format(*version)), reverse=True)
    check = f"import ensurepip, sys, venv; assert sys.version_info[:2] == {version}"
    for place in (sys.executable, name, *map(str, places)):
        try:
            subprocess.run([place, "-c", check], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return place
    return None


def run(*command: str, folder: Path, status: int = 0) -> tuple[str, str]:
    """What a command says, on standard output and on standard error.

    Raises:
        RuntimeError: It does not end with that status, or warns.
    """
    environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode != status or re.search("Traceback|Warning", done.stderr):
        raise RuntimeError(f"{' '.join(command)}\nends with {done.returncode}\n{done.stderr}")
    return done.stdout, done.stderr


def installed(python: str, folder: Path, *what: str) -> str:
    """The command of a fresh environment; a module is compiled when it is first needed, not before."""
    run(python, "-m", "venv", str(folder), folder=folder.parent)
    pip = (str(folder / "bin/python"), "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "install", "--no-compile", "--only-binary", ":all:", *what, folder=folder.parent)
    return str(folder / "bin/mbdr")


def answers(mbdr: str, folder: Path, *, extras: bool) -> dict[str, bytes]:
    """Runs every command in a folder, and gives what all environments must say alike."""
    folder.mkdir()
    run(mbdr, "new", "new.yaml", folder=folder)
    for name, command in SAID.items():
        (folder / name).write_bytes(run(mbdr, *command, folder=folder)[0].encode())
    for name, command in (WRITTEN | (WRITTEN_WITH_EXTRAS if extras else {})).items():
        run(mbdr, *command, "-o", name, folder=folder)
    for words, command in REFUSED.items():
        line = run(mbdr, *command, folder=folder, status=2)[1]
        if words not in line or line.count("\n") != 1:
            raise RuntimeError(f"{' '.join(command)}\nis answered with\n{line}")
    alike = [name for name in (*SAID, *WRITTEN) if name.endswith((".csv", ".json"))]
    return {name: (folder / name).read_bytes() for name in alike}


def with_lowest(wheel: str, folder: Path) -> dict[str, bytes] | None:
    """What is said with the lowest versions."""
    place = python(OLDEST)
    if place is None:
        print("no Python 3.11 runs here: the lowest versions are not tried")
        return None
    print(f"{place}: {' '.join(lowest())}")
    mbdr = installed(place, folder / "lowest", f"{wheel}[{','.join(EXTRAS)}]", *lowest())
    return answers(mbdr, folder / "said-by-lowest", extras=True)


def with_newest(wheel: str, folder: Path) -> dict[str, bytes] | None:
    """What is said with the newest versions."""
    place = next(filter(None, map(python, NEWER)), None)
    if place is None:
        print("no Python newer than 3.11 runs here: the newest versions are not tried on one")
        return None
    print(f"{place}: the newest versions")
    mbdr = installed(place, folder / "newest", wheel)
    return answers(mbdr, folder / "said-by-newest", extras=False)


def main(folder: Path) -> None:
    """Builds, installs and asks, both at a time, in a folder outside the checkout."""
    folder.mkdir(parents=True)
    wheels = ("wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    run(sys.executable, "-m", "pip", "--disable-pip-version-check", *wheels, folder=folder)
    (wheel,) = map(str, folder.glob("*.whl"))
    with ThreadPoolExecutor() as both:
        asked = [both.submit(ask, wheel, folder) for ask in (with_lowest, with_newest)]
    old, new = (one.result() for one in asked)
    if old is None or new is None:
        return
    if differing := [name for name in old if old[name] != new[name]]:
        raise RuntimeError(f"the two do not say the same: {', '.join(differing)}; see {folder}")
    print(f"{len(old)} files of CSV and JSON are the same from both")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
