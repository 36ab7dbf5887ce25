"""Scenarios with deposits and conversions, and forms as they were printed."""

from pathlib import Path
from typing import Any

from simulator.decisions.audited import Audit, AuditedForm
from simulator.scenario.loading import loads
from simulator.scenario.scenario import Scenario

FOUR_IN = "2025-01-10,5000\n2025-03-10,5000\n2025-05-12,5000\n2025-07-10,5000"
FOUR_OUT = "2025-01-13,5100\n2025-03-13,4800\n2025-05-13,5123.45\n2025-07-14,5050"


def asked(
    folder: Path, deposits: str, conversions: str, columns: str = "", more: str = ""
) -> Scenario:
    """A scenario of 2025 and 2026 with these rows."""
    (folder / "in.csv").write_text(f"date,amount\n{deposits}\n")
    (folder / "out.csv").write_text(f"date,amount{columns}\n{conversions}\n")
    text = (
        "name: Checked\nyears: 2025-2026\nbirth_year: 1980\ndeposits: in.csv\n"
        f"conversions: out.csv\n{more}"
    )
    return loads(text.encode(), "checked.yaml", folder)


def form(year: int = 2025, code: str = "G", **boxes: Any) -> dict[str, Any]:
    """A form as it was printed. [dollars]"""
    return {"year": year, "box_7": code, **boxes}


def only(found: Audit) -> AuditedForm:
    """The one form of an audit."""
    assert len(found.forms) == 1
    return found.forms[0]


def boxes(found: AuditedForm, rule: str) -> tuple[float, float, float]:
    """Boxes 1, 2a and 5 as they should be under a rule. [dollars]"""
    expected = found.to_dict()["expected"][rule]
    return expected["box_1"], expected["box_2a"], expected["box_5"]
