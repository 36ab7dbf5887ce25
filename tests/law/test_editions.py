"""What an answer rests on of the law is known by a hash: what changes it, and what does not."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.law import edition
from simulator.law.edition import law_digest


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The law's tables, to be changed."""
    copy = Path(
        shutil.copytree(edition.HERE, tmp_path / "law", ignore=shutil.ignore_patterns("*.py"))
    )
    monkeypatch.setattr(edition, "HERE", copy)
    law_digest.cache_clear()
    yield copy
    law_digest.cache_clear()


ASKED = {
    "2025": (2025, 2026),
    "2025-2054": (2025, 2055),
    "single": (2025, 2026, "single"),
    "California": (2025, 2026, "single", "CA"),
}


@pytest.mark.parametrize(
    ("table", "old", "new", "changed"),
    [
        ("limits.csv", r"^2025,23500", "2025,23501", set(ASKED)),
        ("limits.csv", r"^2013,17500", "2013,17501", set()),
        ("limits.csv", r"Notice 2024-80", "Notice 2024-81", set()),
        ("cpi.csv", r"^1996,472.1", "1996,472.2", {"2025-2054"}),
        ("income_tax.csv", r"^2025,single,11925", "2025,single,11926", {"single", "California"}),
        ("income_tax.csv", r"^2025,married-joint,23850", "2025,married-joint,23851", set()),
        ("state_rates.csv", r"^2025,AZ,2.5%", "2025,AZ,2.6%", set()),
        ("state_brackets.csv", r"^2025,CA,single,0,1%", "2025,CA,single,0,2%", {"California"}),
        ("issuer_errors.csv", r"earnings left untaxed", "earnings not taxed", set()),
    ],
)
def test_what_an_answer_may_read_changes_its_hash_and_nothing_else_does(
    table: str, old: str, new: str, changed: set[str], tables: Path
) -> None:
    before = {name: law_digest(*asked) for name, asked in ASKED.items()}
    assert len(set(before.values())) == len(ASKED)
    text = (tables / table).read_text("ascii")
    assert len(re.findall(old, text, re.M)) >= 1
    (tables / table).write_text(re.sub(old, new, text, flags=re.M), "ascii")
    law_digest.cache_clear()
    assert {name for name, asked in ASKED.items() if law_digest(*asked) != before[name]} == changed
