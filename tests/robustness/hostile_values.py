"""Values that hurt, of the right kind at its ends or of a wrong kind; and names that are nearly right."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import strategies as st

from simulator.scenario.loading import json_schema

FILE, FUND, REPLAY, PEOPLE = "scenario.yaml", "fund.csv", "deposits.csv", "people.csv"
"""The files of a question: the scenario, and what it names."""

NUMBERS = [
    *("0", "1", "2", "-1", "-0", "+5", "0.01", "0.005", "100", "100.01", "5000"),
    *("1_000_000_000", "1000000000.01", "1e9", "1e400", "1e-37", "0.0000001", "9" * 39, "9" * 41),
    *("0." + "0" * 37 + "1", "nan", ".nan", "inf", "-inf", "0x10", "1/3", ".5", "5.", "1,000"),
    *("1,00", "1_0_0", "1__0", "_1", "²", "\u0663", "\uff11\uff12", "$5", "$-5", "$", "$$1"),
]
SHARES = [
    *("0%", "100%", "99.99%", "0.0001%", "50%", "-50%", "-100%", "-99.999%", "100.01%", "500%"),
    *(
        "%",
        "%%",
        "12 %",
        "1e2%",
        "nan%",
        "\u0663%",
        "-0%",
        "0.5",
        "-1",
        "33.333333333333333333333333333%",
    ),
]
DATES = [
    *("1999-01-01", "2013-01-01", "2024-02-29", "2025-01-01", "2025-02-29", "2025-07-04"),
    *("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-04", "2080-12-31", "2081-01-01"),
    *("9999-12-31", "0001-01-01", "0000-01-01", "2025-13-01", "2025-00-10", "2025-01-32"),
    *(
        "2025-1-1",
        "20250103",
        "2025-01-03T00:00",
        "03/01/2025",
        "\u0662\u0660\u0662\u0665-01-03",
        "2025-01-0³",
    ),
]
YEARS = [
    *("1999", "2000-2002", "2013", "2014-2016", "2020", "2025", "2025-2026", "2025 - 2027", "2031"),
    *(
        "2079-2080",
        "2081",
        "1998",
        "2026-2025",
        "2025-2025",
        "2025-",
        "-2025",
        "\u0662\u0660\u0662\u0665",
        "2025-6-7",
    ),
]
TEXTS = [
    *("", " ", "\0", "\r", "a\rb", "\n", "one\ntwo", "\t", "\x1b[31m", "\x07", "\x7f", "\x85"),
    *("\u2028", "\u202e", "\ufeff", "\u200b", "\U0001f4b0", "é", "e\u0301", "\ufffe", "\ud800"),
    *("=1+1", "-2+3", "@A1", "<b>", "|", "`", "$x_{", "{{ 7 }}", "..", ".", "/", "/etc/passwd"),
    *("/dev/null", "a" * 300, "a" * 5_000, "no/such.csv", FUND, REPLAY, FILE, "data\\x"),
    *("&a [*a]", "*a", "!!python/object:os.system x", "!x y", "{", "[", "]", "- -", "? :"),
    *("<<: x", "%YAML 1.1", "---", "'", '"'),
]


class Plain(str):
    """A scalar as it stands in a file, without quotation marks."""


LITERALS = [True, False, None, *map(Plain, ("true", "~", "yes", "none", "max", "last"))]


def _fields(
    schema: dict[str, Any], defs: dict[str, Any], name: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a scenario file, with what may stand there; `0` stands for a list's entry."""
    if "$ref" in schema:
        yield from _fields(defs[schema["$ref"].rpartition("/")[2]], defs, name)
        return
    for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from _fields(part, defs, name)
    below = dict(schema.get("properties", {}))
    if isinstance(schema.get("additionalProperties"), dict):
        below["2025"] = schema["additionalProperties"]
    if "items" in schema:
        below["0"] = schema["items"]
    for key, part in below.items():
        yield from _fields(part, defs, f"{name}.{key}" if name else key)
    if name and not {"anyOf", "oneOf"} & schema.keys():
        yield name, schema


_SCHEMA = json_schema()
FIELDS: dict[str, list[dict[str, Any]]] = {}
"""Every field by its dotted name, with each way to write it as JSON Schema."""
for _name, _written in _fields(_SCHEMA, _SCHEMA["$defs"]):
    FIELDS.setdefault(_name, []).append(_written)

KEYS = sorted({part for name in FIELDS for part in name.split(".") if not part.isdigit()})
WORDS = sorted(
    {
        word
        for ways in FIELDS.values()
        for way in ways
        for word in (*way.get("enum", ()), way.get("const"))
        if isinstance(word, str)
    }
)
"""Every word that some field takes."""

numbers = st.one_of(
    st.sampled_from(NUMBERS),
    st.integers(0, 400_000).map(str),
    st.integers(-10, 3_660).map(str),
    st.decimals(0, 500_000, places=2).map(str),
    st.floats(allow_nan=False).map(repr),
)
shares = st.one_of(
    st.sampled_from(SHARES),
    st.decimals(0, 30, places=1).map("{}%".format),
    st.decimals(-60, 110, places=2).map("{}%".format),
)
near_dates = st.dates(date(2025, 1, 1), date(2026, 12, 31)).map(str)
dates = st.one_of(st.sampled_from(DATES), near_dates, st.dates().map(str))
years = st.one_of(
    st.sampled_from(YEARS),
    st.integers(1999, 2080).flatmap(
        lambda first: st.sampled_from((f"{first}", f"{first}-{first + 2}"))
    ),
)
texts = st.one_of(st.sampled_from(TEXTS), st.text(max_size=8))
KINDS = {
    r"-?[\d.]+%": shares,
    r"\d{4}-\d{2}-\d{2}": dates,
    r"(19|20)\d\d(-\d{4})?": years,
    r"[$]?[\d_,.]+": numbers,
}
"""How a scalar looks, and others of its kind."""


def plain_or_quoted(written: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Texts as they stand in a file: with quotation marks or without."""
    return st.one_of(written.map(Plain), written)


scalars = st.one_of(
    plain_or_quoted(st.one_of(numbers, shares, dates, years, texts, st.sampled_from(WORDS))),
    st.sampled_from(LITERALS),
)
"""What may stand where something else should."""


def alike(value: Any) -> st.SearchStrategy[Any]:
    """Scalars of the kind of a scalar: for a share other shares, for a date other dates."""
    if isinstance(value, bool):
        return st.booleans()
    for pattern, kind in KINDS.items():
        if re.fullmatch(pattern, str(value)):
            return kind.map(Plain)
    return plain_or_quoted(st.sampled_from(WORDS) if value in WORDS else texts)


def fitting(name: str) -> st.SearchStrategy[str]:
    """What a field takes, its bounds often; for one that holds fields or a list, anything."""
    ways = [_way(way) for way in FIELDS[name]]
    return st.one_of(ways)


def _way(way: dict[str, Any]) -> st.SearchStrategy[str]:
    """What one of the ways to write a field takes."""
    if "enum" in way or "const" in way:
        words = way.get("enum", [way.get("const")])
        return st.sampled_from(["none" if word is None else str(word) for word in words])
    if way.get("type") in ("integer", "number"):
        low, high = way.get("minimum", 0), way.get("maximum", 3_000)
        few = st.integers(int(low), int(min(high, low + 40)))
        return st.one_of(st.sampled_from((low, high)), few).map(str)
    if "pattern" in way:
        dollars = st.decimals(0, 200_000, places=2).map(str)
        return next(
            (
                of
                for end, of in ((r" *%$", shares), (r"\d{4}$", years))
                if way["pattern"].endswith(end)
            ),
            dollars,
        )
    if way.get("type") == "boolean":
        return st.sampled_from(("true", "false"))
    if way.get("format") == "date":
        return st.one_of(near_dates, dates)
    return texts if way.get("type") == "string" else st.sampled_from(("none", "[]", "{}"))


def misspelt(name: str) -> st.SearchStrategy[str]:
    """A name with a letter too many, too few, or another one."""
    return st.builds(
        lambda place, letter, cut: name[:place] + letter + name[place + cut :],
        st.integers(0, len(name)),
        st.sampled_from(("", "x", "_", "-", "e", " ", ".", "²", "\n", "É")),
        st.integers(0, 2),
    )


PLACES = ["1", "2", "7", "-1", "²", "\u0660", "00", "9" * 5_000, "1e3", "x", ""]
"""Places of a list, and what looks like one."""


@st.composite
def nearly(draw: st.DrawFn, name: str) -> str:
    """A dotted name that is none, or not of a field that is there: misspelt, too deep, cut, elsewhere."""
    kind = draw(
        st.sampled_from(("misspelt", "misspelt", "place", "deeper", "shorter", "other", "any"))
    )
    if kind == "misspelt":
        return draw(misspelt(name))
    if kind == "place":
        return re.sub(r"\.(0|2025)", "." + draw(st.sampled_from(PLACES)), name)
    if kind == "deeper":
        return f"{name}.{draw(st.sampled_from((*KEYS, '0', '²')))}"
    if kind == "shorter":
        return name.rpartition(".")[0] or name
    if kind == "other":
        return ".".join((draw(st.sampled_from(KEYS)), *name.split(".")[1:]))
    return draw(texts)


names = st.sampled_from(sorted(FIELDS)).flatmap(lambda name: st.one_of(st.just(name), nearly(name)))
"""Dotted names of fields, and some that are nearly so."""
