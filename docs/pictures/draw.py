"""Draws the pictures of the README and the docs: `python docs/pictures/draw.py`. The tests run it too."""

import sys
import tempfile
from pathlib import Path

from simulator.batches.run import batch
from simulator.batches.summary import summary
from simulator.presentation import plot
from simulator.report.pictures import people_picture, save
from simulator.scenario.loading import load
from simulator.simulation import compare
from simulator.sweeps import sweep_delay

HERE = Path(__file__).parent
SCENARIOS = HERE.parent.parent / "scenarios"


def draw(folder: Path) -> None:
    """Writes every picture into a folder."""
    scenario = load(SCENARIOS / "uneven-year.yaml")
    save(plot(compare(scenario)), folder / "cadence.svg")
    delays = list(range(0, 121, 2))
    save(plot(sweep_delay(scenario, scenario.policies[0], delays)), folder / "delay.svg")
    with tempfile.TemporaryDirectory() as people:
        batch(SCENARIOS / "company.yaml", people, table=SCENARIOS / "data" / "people.csv")
        save(people_picture(summary(people)), folder / "people.svg")


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
