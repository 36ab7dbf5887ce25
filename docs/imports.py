"""Draws the house from its own imports: `python docs/imports.py`. The tests check that nothing changes.

Layers are those of pyproject.toml, the highest on top. An arrow is an import, a lazy one too (one whose name
is put together when it is called aside); what a longer way down says already is left out. Where an arrow does
not go down, or files stand in a circle, that is said, nothing is drawn, and the exit status is 1.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import mean

import grimp

ROOT = Path(__file__).parent.parent
PICTURE = Path("docs", "pictures", "house.svg")

Arrows = Mapping[str, set[str]]
"""What each imports: files, or rooms."""

Layers = Sequence[Sequence[str]]

WIDTH, ROW, BOX, LETTER, FLOOR = 960, 74, 30, 7.8, 12
"""Of the picture, a layer, a room's height, a letter of its name, and the space above and below. [pixels]"""


def layers_of(project: Path) -> tuple[str, Layers]:
    """The package of a project, and its rooms by layer, as lint-imports has them."""
    linter = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    package: str = linter["root_package"]
    rows = next(one["layers"] for one in linter["contracts"] if one.get("containers") == [package])
    return package, [re.split(r"\s*[|:]\s*", row) for row in rows]


def imports(package: str) -> Arrows:
    """The files that each file of a package imports, wherever in it the import stands."""
    graph = grimp.build_graph(package, exclude_type_checking_imports=True, cache_dir=None)
    return {file: graph.find_modules_directly_imported_by(file) for file in sorted(graph.modules)}


def room_of(file: str) -> str:
    """The room of a file; of the front door, the package itself, its own name."""
    return file.split(".")[1] if "." in file else file


def between_rooms(files: Arrows, package: str) -> Arrows:
    """The rooms that each room imports; the front door aside, which imports when it is asked."""
    rooms: dict[str, set[str]] = {room_of(file): set() for file in files if file != package}
    for file, imported in files.items():
        if file != package:
            rooms[room_of(file)] |= {room_of(other) for other in imported} - {room_of(file)}
    return rooms


def mistakes(files: Arrows, package: str, layers: Layers) -> Iterator[str]:
    """What keeps the house from being drawn, a line each."""
    place = {package: -1} | {room: row for row, rooms in enumerate(layers) for room in rooms}
    rooms = {room_of(file) for file in files}
    yield from (f"{room} has no layer in pyproject.toml" for room in sorted(rooms - set(place)))
    yield from (
        f"{room} is a layer of pyproject.toml and no room" for room in sorted(set(place) - rooms)
    )
    for file, imported in files.items():
        for other in sorted(imported):
            above, below = place.get(room_of(file), -1), place.get(room_of(other), len(layers))
            if room_of(file) != room_of(other) and above >= below:
                yield f"{file} imports {other}, which does not lie below it"
    try:
        TopologicalSorter(files).prepare()
    except CycleError as error:
        yield f"a circle: {' -> '.join(reversed(error.args[1]))}"


def without_implied(rooms: Arrows) -> Arrows:
    """The arrows that no longer way down says already."""
    reached: dict[str, set[str]] = {}
    for room in TopologicalSorter(rooms).static_order():  # what a room imports comes before it
        reached[room] = set().union(*({below} | reached[below] for below in rooms[room]))
    return {
        room: below - set().union(*(reached[one] for one in below)) for room, below in rooms.items()
    }


def drawing(layers: Layers, arrows: Arrows, title: str) -> str:
    """The picture: a row for each layer, its rooms below the middle of those that import them."""
    at: dict[str, tuple[float, float]] = {}
    for row, rooms in enumerate(layers):
        above = {room: [at[one][0] for one in at if room in arrows[one]] for room in rooms}
        ordered = sorted(rooms, key=lambda room: mean(above[room] or [WIDTH / 2]))
        for place, room in enumerate(ordered):
            at[room] = WIDTH * (place + 1) / (len(rooms) + 1), FLOOR + row * ROW
    height = 2 * FLOOR + (len(layers) - 1) * ROW + BOX
    lines = [arrow(*at[room], *at[below]) for room in at for below in sorted(arrows[room])]
    boxes = [box(room, *corner) for room, corner in at.items()]
    return "\n".join(
        [HEAD.format(width=WIDTH, height=height, title=title), *lines, *boxes, "</svg>\n"]
    )


HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-family="sans-serif">
<title>{title}</title>
<defs><marker id="down" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
<path d="M0 0L8 4L0 8z" fill="#667"/></marker></defs>
<rect width="{width}" height="{height}" fill="#fff"/>"""


def arrow(x: float, y: float, to_x: float, to_y: float) -> str:
    """An arrow from the foot of one room to the head of another."""
    y, bend = y + BOX, ROW / 2
    path = f"M{x:.0f} {y:.0f}C{x:.0f} {y + bend:.0f} {to_x:.0f} {to_y - bend:.0f} {to_x:.0f} {to_y:.0f}"
    return f'<path d="{path}" fill="none" stroke="#99a" marker-end="url(#down)"/>'


def box(room: str, x: float, y: float) -> str:
    """A room with its name."""
    width = LETTER * len(room) + 24
    return (
        f'<rect x="{x - width / 2:.0f}" y="{y:.0f}" width="{width:.0f}" height="{BOX}" rx="5" '
        f'fill="#e3f1f0" stroke="#00796b"/>'
        f'<text x="{x:.0f}" y="{y + 20:.0f}" font-size="14" text-anchor="middle" fill="#123">{room}</text>'
    )


def main(project: Path, picture: Path) -> None:
    """Draws the house of a project into a file; ends with 1 where it cannot be drawn."""
    package, layers = layers_of(project)
    sys.path.insert(0, str(project))
    files = imports(package)
    if wrong := list(mistakes(files, package, layers)):
        raise SystemExit("\n".join(wrong))
    rooms = between_rooms(files, package)
    title = f"{package}: {len(rooms)} rooms and files in {len(layers)} layers, and every import goes down"
    picture.write_text(drawing(layers, without_implied(rooms), title), encoding="utf-8")


if __name__ == "__main__":
    main(ROOT, Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / PICTURE)
