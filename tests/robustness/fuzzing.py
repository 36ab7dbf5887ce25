"""Hostile questions: a command, its options, and files that are nearly those that are shipped."""

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from hypothesis import strategies as st

from simulator.scenario.loading import loads
from tests.robustness.hostile_values import (
    FILE,
    FUND,
    PEOPLE,
    REPLAY,
    dates,
    fitting,
    names,
    nearly,
    numbers,
    shares,
    texts,
)
from tests.robustness.mutations import (
    ALL,
    DATA,
    KNOWN,
    SCENARIOS,
    SHIPPED,
    dated,
    lines,
    people,
    trees,
    values,
)
from tests.robustness.promises import Question


@cache
def labels(name: str) -> list[str]:
    """What the policies of a shipped scenario are called."""
    read = loads((SCENARIOS / name).read_bytes(), name, SCENARIOS)
    return [policy.name for policy in read.policies]


FORMATS = ["table", "json", "json", "csv", "markdown"]
COMMANDS = [
    *["compare"] * 4,
    *("payroll", "ledger", "ledger", "form", "check", "sweep", "best", "elect", "remind"),
]
shipped = st.sampled_from(sorted(SHIPPED))


def _argument(text: str) -> str:
    """A text as a command line can hold it: no NUL, and bytes that are no UTF-8 escaped."""
    content = text.replace("\0", "").encode("utf-8", "surrogatepass")
    return content.decode("utf-8", "surrogateescape")


@st.composite
def assignments(draw: st.DrawFn, shipped: str) -> str:
    """`path.to.field=value` for a shipped scenario, for the most part one that fits."""
    name = draw(st.sampled_from(draw(st.sampled_from((KNOWN[shipped], KNOWN[shipped], ALL)))))
    kind = draw(st.integers(0, 5))
    if kind < 3:
        return _argument(f"{name}={draw(fitting(name))}")
    if kind < 5:
        return _argument(f"{name if kind == 3 else draw(nearly(name))}={draw(values)}")
    return _argument(draw(names) + draw(st.sampled_from(("=", "==", ":", ""))) + draw(values))


RANGES = [
    *(
        "0:90:30",
        "0:3650:1825",
        "0",
        "0,1,30",
        "1:0:1",
        "0:1:0",
        "0:1e9:1",
        "::",
        ":",
        ",",
        "",
        "²",
    ),
    *("a:b:c", "1:2:3:4", "0:10:5:", "0%:9%:3%", "3%:9%", "$1:$2:$1", "1,000", "0:9:0.000001"),
    *("-1", "0:²:1", "[0%],[5%]", "nan:1:1", "0:" + "9" * 39 + ":1", "0:1:0." + "0" * 37 + "1"),
]
ranges = st.sampled_from(RANGES) | st.lists(values, min_size=1, max_size=3).map(",".join)
"""What varies, as an option says it; few values, as each is an answer of its own."""


@st.composite
def varied(draw: st.DrawFn) -> str:
    """A field and the values that it takes."""
    name = draw(st.sampled_from(ALL))
    fits = st.lists(fitting(name), min_size=1, max_size=3).map(",".join)
    return (name if draw(st.booleans()) else draw(nearly(name))) + "=" + draw(fits | ranges)


@st.composite
def commands(draw: st.DrawFn, policies: Sequence[str]) -> list[str]:
    """A command with options that it may have."""
    command = draw(st.sampled_from(COMMANDS))
    found = [command, "--format", draw(st.sampled_from(FORMATS))]
    if command in ("ledger", "remind") or (command in ("form", "sweep") and draw(st.booleans())):
        found += ["--policy", draw(st.sampled_from(policies))]
    if command == "best" and draw(st.booleans()):
        found += ["--max-per-year", draw(st.sampled_from(("1", "2", "4", "12", "none")))]
    if command == "elect" and draw(st.booleans()):
        found += ["--from", draw(st.sampled_from(("2025-07-01", "2026-01-01", "2025-12-31")))]
    if command == "compare":
        found += ["--view", draw(st.sampled_from(("years", "totals", "contributions")))]
    if command == "sweep":
        delay = draw(st.booleans())
        found += ["--delay", draw(ranges)] if delay else ["--vary", draw(varied())]
    return list(map(_argument, found))


WRONG = {
    "--policy": texts,
    "--until": st.sampled_from(
        ("0", "-1", "1e6", "1_000_000", "x", "", "nan", "9" * 400, "²", "$")
    ),
    "--view": texts,
    "--engine": texts,
    "--path": numbers,
    "--year": numbers,
    "--vary": varied() | texts,
    "--delay": ranges | texts,
    "--seed": numbers,
    "--format": texts,
    "--none": texts,
    "--max-per-year": numbers,
    "--fee": numbers | texts,
    "--cutoff": numbers,
    "--policy-label": texts,
    "--from": numbers | texts,
    "--paths": st.sampled_from(("0", "-1", "1", "2", "17", "1e9", "x", "", "nan", "9" * 30, "²")),
    "-o": st.sampled_from(
        (
            "out.json",
            "out.csv",
            "out.md",
            "out",
            "out.png",
            ".",
            "no/such.json",
            "n" * 300,
            "",
            "\udcff",
        )
    ),
}
"""Options, and values that they may not have."""


NOWHERE = [
    "no-such.yaml",
    "no/such",
    "",
    ".",
    "n" * 300,
    "\udcff",
    "a\x1bb",
    "\x1b[31m",
    "/dev/null",
    FUND,
    FILE,
]
"""Names of files and folders that are not there, cannot be, or are something else."""


def _few_paths(given: Sequence[str], content: bytes = b"") -> list[str]:
    """The option that keeps random paths few, where there may be some."""
    even = b"constant" in content or b"returns" not in content
    return [] if even and not any("returns" in one for one in given) else ["--paths", "16"]


Files = Callable[[str], st.SearchStrategy[bytes]]


@st.composite
def of_scenarios(draw: st.DrawFn, files: Files) -> Question:
    """A question to a changed scenario file; now and then it comes by standard input."""
    name = draw(shipped)
    content, command = draw(files(name)), draw(commands(labels(name)))
    paths = _few_paths(command, content)
    if draw(st.integers(0, 9)) == 0:
        return Question((*command, "-", *paths), stdin=content)
    return Question((*command, FILE, *paths), {FILE: content})


@st.composite
def of_settings(draw: st.DrawFn) -> Question:
    """A question to a shipped scenario with fields overridden."""
    name = draw(shipped)
    command = draw(commands(labels(name)))
    given = draw(st.lists(assignments(name), min_size=1, max_size=2))
    options = [word for one in given for word in ("--set", one)]
    paths = _few_paths([*given, *command], SHIPPED[name])
    return Question((*command, FILE, *options, *paths), {FILE: SHIPPED[name]})


@st.composite
def of_options(draw: st.DrawFn) -> Question:
    """A question to a shipped scenario with an option out of place, or to a file that is none."""
    name = draw(shipped)
    command, file = draw(commands(labels(name))), FILE
    if draw(st.integers(0, 4)) == 0:
        file = draw(st.sampled_from(NOWHERE))
    option = draw(st.sampled_from(sorted(WRONG)))
    given = [option, _argument(draw(WRONG[option]))]
    if "out.json" in given[1:] and draw(st.booleans()):
        given.append("--quiet")
    paths = [] if option == "--paths" else _few_paths(["returns"])
    return Question((*command, file, *given, *paths), {FILE: SHIPPED[name]})


@st.composite
def of_limits(draw: st.DrawFn) -> Question:
    """A question for the limits of some years, which a law may not know."""
    few = st.lists(st.integers(2012, 2081).map(str), max_size=3) | st.lists(numbers, max_size=2)
    inflation: st.SearchStrategy[list[str]] = st.just([]) | shares.map(
        lambda share: ["--inflation", share]
    )
    words = ["limits", *draw(few), *draw(inflation), "--format", draw(st.sampled_from(FORMATS))]
    return Question(tuple(map(_argument, words)))


READ_AS = ("prices", "deposits", "conversions", "people")


@st.composite
def of_reading(draw: st.DrawFn) -> Question:
    """A question how a changed file is understood, with what a column is or which rows are taken."""
    what = draw(st.sampled_from(READ_AS))
    changed = (
        people()
        if what == "people"
        else dated(DATA[draw(st.sampled_from((FUND, REPLAY)))], "amount")
    )
    name = st.sampled_from(("date", "amount", "price", "Source", "name", "pay.salary")) | texts
    words = ["read", FILE, "--as", what, "--format", draw(st.sampled_from(FORMATS))]
    for option in draw(st.lists(st.sampled_from(("--map", "--where")), max_size=2)):
        words += [option, f"{draw(name)}={draw(name)}"]
    if draw(st.integers(0, 9)) == 0:
        words += ["--dates", draw(st.sampled_from(("month-first", "day-first", "", "x")))]
    return Question(tuple(map(_argument, words)), {FILE: draw(changed)})


BOXES = ("year", "box_1", "box_2a", "box_4", "box_5", "box_7", "plan_value", "plan_pre_tax")
box_values = st.sampled_from(("2025", "G", "1", "10259", "0", "", "null", "-5", "1e9", "$407"))
AS_CONVERTED = (
    b"name: A\nyears: 2025-2026\nbirth_year: 1990\ndeposits: in.csv\nconversions: out.csv\n"
    b"taxes: {federal: 24%}\n"
)


@st.composite
def of_forms(draw: st.DrawFn) -> Question:
    """Is a form right of which boxes are missing or wrong, for conversions that are changed?"""
    names_of_boxes = st.sampled_from(BOXES) | texts
    form = dict.fromkeys(BOXES[:6], "") | {"year": "2025", "box_1": "10259", "box_7": "G"}
    form |= draw(st.dictionaries(names_of_boxes, box_values | numbers | texts, max_size=3))
    left = draw(dated(DATA[REPLAY], "amount")) if draw(st.booleans()) else DATA[REPLAY]
    if draw(st.booleans()):
        file, content = "form.yaml", json.dumps([form]).encode()
    else:
        rows = (",".join(form), ",".join(map(str, form.values())))
        file, content = "form.csv", "\n".join(rows).encode("utf-8", "surrogatepass")
    if draw(st.integers(0, 9)) == 0:
        content = draw(st.binary(max_size=30))
    more = ["--year", draw(numbers)] if draw(st.integers(0, 9)) == 0 else []
    words = ["audit", FILE, "--form", file, "--format", draw(st.sampled_from(FORMATS)), *more]
    files = {FILE: AS_CONVERTED, "in.csv": DATA[REPLAY], "out.csv": left, file: content}
    return Question(tuple(map(_argument, words)), files)


done_days = st.sampled_from(("2025-01-17", "2025-03-31", "2025-12-31", "2026-01-05")) | dates
done_amounts = st.sampled_from(("634.62", "1269.24", "2500", "22463.10", "0")) | numbers
ways = st.sampled_from(("", "", "", "roth", "traditional", "cash", "refund", "refund-acp", "x"))
FUNDS_OF_DONE = (
    f"returns: {{model: history, prices: {FUND}}}\n",
    "returns: {annual_return: 5%}\n",
    "returns: {model: lognormal, paths: 16}\nwealth: {outside_return: 4%}\n",
    f"returns: {{model: history, prices: {FUND}, after_tax: {{annual_return: 3%}}}}\n",
    "plan: {opening: {after_tax: 500, basis: 400, roth: 9}, basis_after_loss: forfeit}\n",
    "until: 2025-06-30\n",
)


@st.composite
def of_done(draw: st.DrawFn) -> Question:
    """A question to what was really done: parts, refunds, fees, days that are none, more than there is."""
    columns = draw(st.sampled_from(("", ",value", ",to", ",fee,to,basis", ",value,to,fee,basis")))
    cell = {"to": ways, "value": done_amounts, "fee": done_amounts, "basis": done_amounts}
    rows = [f"date,amount{columns}"]
    for _ in range(draw(st.integers(0, 4))):
        more = [draw(cell[name]) for name in columns.split(",")[1:]]
        rows.append(",".join([draw(done_days), draw(done_amounts), *more]))
    scenario = AS_CONVERTED + draw(st.sampled_from(FUNDS_OF_DONE)).encode()
    named = ["--policy", draw(st.sampled_from(("as done", "as done", "monthly")))]
    command = draw(
        st.sampled_from(
            (
                ["compare"],
                ["compare"],
                ["form", *named],
                ["ledger", *named],
                ["remind", *named],
                ["sweep", "--delay", "0,30", *named],
            )
        )
    )
    words = [*command, FILE, "--format", draw(st.sampled_from(FORMATS))]
    if draw(st.integers(0, 9)) == 0:
        words = ["batch", FILE, "-o", "results"]
    made = "\n".join(rows).encode("utf-8", "surrogatepass")
    files = {FILE: scenario, "in.csv": DATA[REPLAY], "out.csv": made}
    return Question(tuple(map(_argument, words)), files)


MODELS = [
    *("history, ", "history, start: each, ", "bootstrap, block: 20, ", "bootstrap, "),
    "history, after_tax: {annual_return: 4%}, ",
    f"constant, after_tax: {{model: history, prices: {FUND}}} # ",
]


@st.composite
def of_dated_files(draw: st.DrawFn) -> Question:
    """A question to a scenario whose prices or deposits are changed."""
    replayed = draw(st.booleans())
    name = "replay-deposits.yaml" if replayed else "loss-year.yaml"
    command, content = draw(commands(labels(name))), SHIPPED[name]
    if replayed:
        changed = {REPLAY: draw(dated(DATA[REPLAY], "amount"))}
    else:
        returns = f"returns: {{model: {draw(st.sampled_from(MODELS))}prices: {FUND}}}"
        content = re.sub(rb"returns: .*", returns.encode(), content)
        changed = {FUND: draw(dated(DATA[FUND], "price"))}
    return Question((*command, FILE, *_few_paths(["returns"])), {FILE: content, **changed})


@st.composite
def of_tables(draw: st.DrawFn) -> Question:
    """A batch over a table, with a grid or settings now and then."""
    kind = draw(st.integers(0, 5))
    more = ["--set", draw(assignments("company.yaml"))] if kind == 0 else []
    more += ["--grid", _argument(draw(varied()))] if kind == 1 else []
    more += ["--engine", "exact"] if kind == 3 else []
    more += ["--dry-run"] if kind == 2 else ["-o", "results"]
    files = {FILE: SHIPPED["company.yaml"], PEOPLE: draw(people())}
    return Question(("batch", FILE, "--table", PEOPLE, *more, *_few_paths(["returns"])), files)


PICTURES = [
    *(("report",), ("report", "-o", "out.html"), ("form", "-o", "out.svg")),
    *(
        ("plot", "-o", "out.svg", "--kind", kind)
        for kind in ("cadence", "balance", "contributions")
    ),
    ("compare", "-o", "out.xlsx"),
    ("plot", "-o", "out.svg", "--kind", "delay", "--delay", "0:60:30"),
    ("plot", "-o", "out.svg", "--kind", "balance", "--path", "7"),
]


@st.composite
def of_pages(draw: st.DrawFn) -> Question:
    """A report, a picture or a calendar of a changed scenario."""
    name = draw(shipped)
    reminded = ("remind", "-o", "out.ics", "--policy", labels(name)[0])
    content, command = draw(trees(name)), draw(st.sampled_from([*PICTURES, reminded, reminded]))
    return Question((*command, FILE, *_few_paths([], content)), {FILE: content})


@st.composite
def of_places(draw: st.DrawFn) -> Question:
    """A question to a file or a folder that is none, or for one that cannot be written."""
    place, other = draw(st.sampled_from(NOWHERE)), draw(st.sampled_from(NOWHERE))
    known = (
        *(("new", place), ("schema", "-o", place), ("summary", place), ("compare", place)),
        *(("export", place, "-o", "out.csv"), ("export", place, "-o", other)),
        *(
            ("batch", place, "-o", other),
            ("batch", FILE, "-o", place),
            ("batch", place, "--dry-run"),
        ),
        *(("batch", FILE, "--table", place, "-o", "results"), ("payroll", FILE, "-o", place)),
    )
    return Question(draw(st.sampled_from(known)), {FILE: SHIPPED["company.yaml"]})


class Attack(NamedTuple):
    """A kind of hostile questions.

    Attributes:
        questions: The questions.
        few: How many of them the suite asks.
        many: How many the long run asks.
    """

    questions: st.SearchStrategy[Question]
    few: int
    many: int


ATTACKS = {
    "structure": Attack(of_scenarios(trees), 60, 8_000),
    "text": Attack(of_scenarios(lines), 40, 5_000),
    "settings": Attack(of_settings(), 60, 8_000),
    "options": Attack(st.one_of(of_options(), of_options(), of_places(), of_limits()), 60, 8_000),
    "prices and deposits": Attack(of_dated_files(), 40, 5_000),
    "files that are read": Attack(of_reading(), 30, 4_000),
    "forms that came": Attack(of_forms(), 30, 4_000),
    "what was done": Attack(of_done(), 20, 2_000),
    "tables of people": Attack(of_tables(), 10, 1_000),
    "pages, pictures, calendars": Attack(of_pages(), 6, 300),
}
"""Every kind of hostile questions by its name."""
