"""What docs/law.md has of the limits, from the table and the price index that the program reads."""

from simulator.law.limits import INDEXED, published

SECTIONS = {
    "elective_deferral": ("elective deferrals", "IRC 402(g)(4)"),
    "catch_up": ("catch-up", "IRC 414(v)(2)(C)"),
    "enhanced_catch_up": ("catch-up at 60 to 63", "IRC 414(v)(2)(C), (E)"),
    "annual_additions": ("annual additions", "IRC 415(d)(4)"),
    "compensation": ("compensation", "IRC 401(a)(17)(B)"),
    "highly_compensated": ("highly compensated", "IRC 414(q)(1)"),
    "roth_catch_up_wages": ("Roth catch-up wages", "IRC 414(v)(7)(E)"),
}
"""What each limit is called, and where its indexing stands."""

HEADS = {
    "elective_deferral": "402(g)",
    "catch_up": "50+",
    "enhanced_catch_up": "60-63",
    "annual_additions": "415(c)",
    "compensation": "401(a)(17)",
    "highly_compensated": "414(q)",
    "roth_catch_up_wages": "414(v)(7)",
}
"""The columns of the table of limits."""


NEWEST = 5
"""How many years the table has; `mbdr limits` prints them all."""


def limits() -> str:
    """The newest limits, a row a year, and the notices of all that are published."""
    rows = []
    for year, one in list(published().items())[-NEWEST:]:
        amounts = [getattr(one, name) for name in HEADS]
        cells = [f"{cents // 100:,}" if cents is not None else "-" for cents in amounts]
        rows.append([str(year), *cells])
    notices = "; ".join(f"{year}: {one.source}" for year, one in published().items())
    return f"{table(['year', *HEADS.values()], rows, words=1)}\n\n{notices}."


def indexing() -> str:
    """How each limit is indexed."""
    rows = [
        [called, section, f"{index.base:,}", str(index.base_year), step(name)]
        for name, (called, section) in SECTIONS.items()
        for index in [INDEXED[name]]
    ]
    return table(["limit", "law", "base", "third quarter of", "step"], rows, words=2)


def step(name: str) -> str:
    """The step of a limit, and what is counted in it."""
    index = INDEXED[name]
    return f"{index.step:,}{', of the increase' if index.steps_from_base else ''}"


def table(heads: list[str], rows: list[list[str]], words: int) -> str:
    """A Markdown table; after so many columns of words come numbers, aligned on the right."""
    rule = ["---"] * words + ["---:"] * (len(heads) - words)
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, rule, *rows])
