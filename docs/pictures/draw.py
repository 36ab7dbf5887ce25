"""Draws the pictures of the README: `python docs/pictures/draw.py`. The tests run it too."""

import sys
from pathlib import Path

from simulator.report.pictures import delay_picture, picture, save
from simulator.scenario import load
from simulator.simulation import compare
from simulator.sweeps import sweep_delay

HERE = Path(__file__).parent
SCENARIO = HERE.parent.parent / "scenarios" / "uneven-year.yaml"


def draw(folder: Path) -> None:
    """Writes every picture of the README into a folder."""
    scenario = load(SCENARIO)
    save(picture("cadence", compare(scenario)), folder / "cadence.svg")
    delays = list(range(0, 121, 2))
    save(delay_picture(sweep_delay(scenario, scenario.policies[0], delays)), folder / "delay.svg")


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
