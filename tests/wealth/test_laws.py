"""Laws of wealth, on drawn scenarios; and both arithmetics, on the same path."""

from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from simulator.answer.comparison import Comparison
from simulator.answer.worth import Worth
from simulator.notation.mistakes import Mistakes
from simulator.simulation import compare
from tests.documents import scenario_at_once
from tests.how_many import times
from tests.strategies import scenarios

FLAT = {"federal": "24%", "state": "5%"}
COMPUTED = {"status": "single", "state": "NY", "other_income": 60_000}
SHARES = st.sampled_from(["0%", "1.5%", "15%", "40%"])
WEALTH = st.fixed_dictionaries(
    {
        "outside_return": st.sampled_from(["-2%", "0%", "4%"]),
        "hold": st.integers(0, 40),
        "dividends": st.sampled_from(["0%", "1.5%", "4%"]),
        "gain_rate": SHARES,
    },
    optional={"end_rate": SHARES},
)
FEW = settings(times(0.6), suppress_health_check=[HealthCheck.filter_too_much])


def answered(document: dict[str, Any], *assigned: str) -> Comparison:
    """The answer to a drawn scenario; one that contradicts itself is drawn again."""
    try:
        return compare(scenario_at_once(document, *assigned))
    except Mistakes:
        assume(False)
        raise


def worth_of(answer: Comparison) -> Worth:
    """Its wealth, which it asks for."""
    assert answer.worth is not None
    return answer.worth


@FEW
@given(scenarios(), WEALTH, st.sampled_from([FLAT, COMPUTED]), st.booleans(), st.integers(0, 9))
def test_exact_and_arrays_agree_on_every_cent(
    document: dict[str, Any], wealth: dict[str, Any], taxes: Any, withdrawn: bool, seed: int
) -> None:
    """Path 0 of lognormal prices through the ledger, and through the kernel beside two others."""
    returns = {"model": "lognormal", "seed": seed, "volatility": "20%"}
    document |= {"wealth": wealth, "taxes": taxes, "returns": returns}
    document["limits"] = {"inflation": "2.5%"}
    first = int(str(document["years"])[:4])
    if withdrawn:
        event = {"kind": "withdrawal", "date": f"{first}-08-15", "amount": "all"}
        document["events"] = [event]
    alone = worth_of(answered(document, "returns.paths=1"))
    together = worth_of(answered(document, "returns.paths=3"))
    for name, cents in alone.policies.items():
        assert together.policies[name][0] == cents
    assert together.taxable[0] == alone.taxable
    assert together.none[0] == alone.none
    if alone.waiting and together.waiting:
        first_of = [one if isinstance(one, int) else one[0] for one in together.waiting]
        assert first_of == [*alone.waiting]


@FEW
@given(scenarios(), st.integers(0, 30))
def test_without_any_tax_every_policy_comes_to_the_same(
    document: dict[str, Any], hold: int
) -> None:
    """Rates and outside return 0, no fee, from 60 on: up to half a cent for each conversion, grown."""
    wealth = {"outside_return": "0%", "hold": hold, "dividends": "0%", "gain_rate": "0%"}
    document |= {"wealth": wealth, "taxes": {"federal": "0%"}}
    document["policies"] = ["per-paycheck", "monthly", "year-end", "never"]
    document["plan"] = {**document["plan"], "conversion": {"to": "roth-401k"}}
    document["returns"] = {"annual_return": "7%"}
    document["birth_year"] = 1930
    answer = answered(document)
    found = worth_of(answer)
    most = max(result.conversions for result in answer.results)
    bound = (0.51 * most * 1.07**3 + 1) * 1.07**hold
    amounts = [*found.policies.values()]
    assert max(amounts) - min(amounts) <= bound
    lag = answer.scenario.plan.deposit_lag
    if lag == 0:
        assert abs(found.taxable - amounts[-1]) <= bound


@FEW
@given(scenarios(), st.integers(0, 30), st.sampled_from(["0%", "7%", "30%"]))
def test_where_growth_is_never_negative_nothing_beats_converting_at_once(
    document: dict[str, Any], hold: int, growth: str
) -> None:
    """No fee, no wait but the lag, nothing there before: it bears no tax at all."""
    document |= {"wealth": {"outside_return": "4%", "hold": hold}, "taxes": FLAT}
    document["policies"] = [
        "per-paycheck",
        "weekly",
        "quarterly",
        {"cadence": "year-end", "cutoff": 2},
        {"cadence": "per-paycheck", "delay": 3},
        "never",
    ]
    lag = document["plan"].get("deposit_lag", 0)
    plan = {
        name: rule
        for name, rule in document["plan"].items()
        if name not in ("conversion", "opening", "eligibility_days")
    }
    document["plan"] = plan | {"deposit_lag": lag}
    document["returns"] = {"annual_return": growth}
    answer = answered(document)
    found, soon = worth_of(answer), answer.results[0]
    assert answer.tax(soon) == 0
    rate = 1 + float(answer.scenario.returns.annual_return)
    for result in answer.results[1:]:
        bound = (0.51 * (result.conversions + 1) * rate**3 + 1) * rate**hold
        assert found.of(soon) >= found.of(result) - bound
