"""The compiled engine gives numpy's bytes: every price, every cent, on any number of threads."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from simulator.conversion.kernel import kernel
from simulator.conversion.outcome import Outcome, YearOutcome
from simulator.conversion.timeline import Timeline
from simulator.days import sessions_between, sessions_of
from simulator.fast import choice
from simulator.fast.choice import NoEngine, engine
from simulator.notation import Years
from simulator.returns.draws import RANDOMISATIONS, normal_quantile, uniform
from simulator.returns.lognormal import Lognormal
from simulator.returns.model import ReturnsModel
from simulator.scenario import Scenario, load
from simulator.simulation import compare
from simulator.sweeps import sweep
from tests.test_agreement import timelines

numba = pytest.importorskip("numba")

from simulator.fast import outcomes as fast  # noqa: E402
from simulator.fast.blocks import blocks  # noqa: E402
from simulator.fast.outcomes import NO_PRICES  # noqa: E402
from simulator.fast.walk import walk  # noqa: E402

EMILY = Path(__file__).parent.parent / "scenarios" / "emily.yaml"
FIVE = "[per-paycheck, {cadence: per-paycheck, delay: 7}, monthly, quarterly, year-end]"
RULES = ("carry-forward", "carry-within-year", "forfeit")


class Given(ReturnsModel):
    """Prices that are there already, as of a model that is not compiled."""

    prices: Any

    def closes(self, sessions: Sequence[date], years: Years, paths: range) -> NDArray[np.float64]:
        """Some of them."""
        chosen: NDArray[np.float64] = self.prices[: len(sessions), paths.start : paths.stop]
        return np.ascontiguousarray(chosen)


def compiled_prices(
    returns: Lognormal, sessions: Sequence[date], years: Years, paths: range
) -> dict[date, bytes]:
    """The prices that the compiled engine makes, as the worth of a Roth of $1 in tenths of a bit."""
    raise NotImplementedError
