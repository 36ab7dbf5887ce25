"""A thousand generated Forms 1099-R, half of them with an error planted; writes `generated_forms.md`.

    python benchmarks/generated_forms.py         # ten seconds
    python benchmarks/generated_forms.py --tiny  # whether it runs; writes no table

The histories, the right boxes (by an implementation of their own) and the errors are those of the tests:
tests/decisions/planted_forms.py. Each error of the list is planted in as many forms; E9 is no error.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from simulator.law.issuer_errors import issuer_errors
from tests.decisions.planted_forms import ERRORS, Tried, planted_forms, right_forms

EACH, FEW = 500, 10

HEAD = """\
# A thousand generated forms

Histories drawn at random, their Forms 1099-R right or with a known error planted, and what `mbdr audit`
names first; see [generated_forms.py](generated_forms.py).

| planted | forms | named first | another, or a false alarm | nothing |
|---|---:|---:|---:|---:|
"""


def lines(forms: Sequence[Tried]) -> Iterator[str]:
    """A line for each error, one for all of them, and one for the right forms."""
    planted = [one for one in forms if one.planted]
    for name in ERRORS:
        what = f"{name}, {issuer_errors()[name].name}"
        yield _line(what, [one for one in planted if one.planted == name])
    yield _line("all errors", planted)
    yield _line("nothing: right forms", [one for one in forms if not one.planted])


def _line(what: str, forms: Sequence[Tried]) -> str:
    counted = Counter(
        "first" if one.named == one.planted else "another" if one.named else "nothing"
        for one in forms
    )
    right = not any(one.planted for one in forms)
    cells = (
        ("", counted["another"], counted["first"])
        if right
        else (counted["first"], counted["another"], counted["nothing"])
    )
    return f"| {what} | {len(forms)} | {' | '.join(map(str, cells))} |"


def main() -> None:
    """Tries the forms, and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tiny", action="store_true", help="only whether it runs; writes no table")
    tiny = parser.parse_args().tiny
    each = FEW if tiny else EACH
    with TemporaryDirectory() as name:
        folder = Path(name)
        forms = [*right_forms(each, folder), *planted_forms(each, folder)]
    text = HEAD + "".join(f"{line}\n" for line in lines(forms))
    if tiny:
        sys.stdout.write(text)
    else:
        Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
