"""Life events: the worked examples of the model, codes by age, errors in words, and how all of it is told."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from simulator.answer.comparison import Comparison
from simulator.days.calendars import sessions_between
from simulator.notation.mistakes import Mistakes
from simulator.presentation import checklist, plot, reminders
from simulator.scenario.loading import load, loads
from simulator.simulation import compare, ledger_of
from simulator.sweeps import sweep
from tests.documents import EMILY, scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def comparison(document: dict[str, Any], tmp_path: Path, money: str = "") -> Comparison:
    """The answer to a document, whose money is replayed where there is some."""
    if money:
        (tmp_path / "money.csv").write_text(f"date,amount\n{money}", encoding="utf-8")
        document = {"deposits": str(tmp_path / "money.csv"), **document}
    text = json.dumps({"name": "A", "years": "2025", "birth_year": 1990, **document})
    return compare(loads(text.encode(), "test.yaml"))


def forms(answer: Comparison, place: int = 0) -> list[dict[str, Any]]:
    """The forms of a policy with the means of their boxes."""
    return [
        {name: box["mean"] if isinstance(box, dict) else box for name, box in record.items()}
        for record in answer.form_records(answer.results[place])
    ]


AUGUST = {"kind": "separation", "date": "2025-08-29"}
INSIDE = "2025-01-15,12000\n"
"""12,000.00 since January 15, at an even 7%: model-2, D5, gives 12,513.39 for it."""


def test_a_split_separation_pays_no_tax_and_sends_513_39_to_the_ira(tmp_path: Path) -> None:
    answer = comparison(
        {"policies": ["never"], "events": [AUGUST | {"payout": "split"}]}, tmp_path, INSIDE
    )
    (form,) = forms(answer)
    assert (form["box_1"], form["box_2a"], form["box_5"], form["box_7"]) == (
        12513.39,
        0,
        12000,
        "G",
    )
    assert "box_4" not in form
    (year,) = answer.results[0].outcome.years.values()
    assert year.ira == 513_39


def test_a_separation_in_cash_withholds_102_68_and_bears_51_34(tmp_path: Path) -> None:
    answer = comparison(
        {"policies": ["never"], "events": [AUGUST | {"payout": "cash"}]}, tmp_path, INSIDE
    )
    (form,) = forms(answer)
    boxes = {name: form[name] for name in ("box_1", "box_2a", "box_4", "box_5", "box_7")}
    assert boxes == {
        "box_1": 12513.39,
        "box_2a": 513.39,
        "box_4": 102.68,
        "box_5": 12000.00,
        "box_7": "1",
    }
    assert form["additional_tax"] == 51.34


def test_a_separation_to_a_roth_ira_is_taxed_on_the_form_of_the_conversions(tmp_path: Path) -> None:
    roth = comparison(
        {"policies": ["never"], "events": [AUGUST | {"payout": "roth-ira"}]}, tmp_path, INSIDE
    )
    (form,) = forms(roth)
    assert (form["box_1"], form["box_2a"], form["box_7"]) == (12513.39, 513.39, "G")


def test_who_stays_in_the_plan_converts_as_before(tmp_path: Path) -> None:
    events = [AUGUST | {"payout": "stay"}]
    stays = comparison({"policies": ["year-end"], "events": events}, tmp_path, INSIDE)
    without = comparison({"policies": ["year-end"]}, tmp_path, INSIDE)
    assert stays.results[0].outcome == without.results[0].outcome


@pytest.mark.parametrize(
    ("born", "kind", "code", "extra"),
    [
        (1971, "separation", "1", 51.34),
        (1970, "separation", "2", 0),
        (1966, "separation", "2", 0),
        (1965, "separation", "7", 0),
        (1970, "withdrawal", "1", 51.34),
        (1966, "withdrawal", "1", 51.34),
        (1965, "withdrawal", "7", 0),
    ],
)
def test_the_code_goes_by_the_year_of_the_55th_and_the_60th_birthday(
    born: int, kind: str, code: str, extra: float, tmp_path: Path
) -> None:
    """Source: Instructions for Forms 1099-R and 5498, Table 1; model-2, D5, for the years."""
    event = AUGUST | (
        {"payout": "cash"} if kind == "separation" else {"kind": kind, "amount": "all"}
    )
    answer = comparison(
        {"birth_year": born, "policies": ["never"], "events": [event]}, tmp_path, INSIDE
    )
    (form,) = forms(answer)
    assert (form["box_7"], form["box_4"], form["additional_tax"]) == (code, 102.68, extra)


OPENING = {"plan": {"opening": {"after_tax": 125_000, "basis": 100_000}}}
EVEN = {"returns": {"model": "constant", "annual_return": "0%"}}


def test_a_withdrawal_is_a_blend_of_principal_and_earnings(tmp_path: Path) -> None:
    """40,000 of 125,000 with a basis of 100,000: 8,000 taxable (model-2, D5; Pub. 575, pro rata)."""
    event = {"kind": "withdrawal", "date": "2025-06-02", "amount": 40_000}
    taxes = {"federal": "24%"}
    document = {**OPENING, **EVEN, "policies": ["never"], "events": [event], "taxes": taxes}
    answer = comparison(document, tmp_path, "2025-12-31,0.01\n")
    (form,) = forms(answer)
    assert (form["box_1"], form["box_2a"], form["box_4"]) == (40_000, 8_000, 1_600)
    assert form["additional_tax"] == 800
    total = answer.to_dict()["policies"][0]["total"]
    assert total["left_basis"]["mean"] == 68_000.01
    assert total["tax"]["mean"] == 1_920  # 24% of 8,000; the 10% is told beside it
    assert total["additional_tax"]["mean"] == 800
    assert total["withheld"]["mean"] == 1_600


def test_conversions_go_on_after_a_withdrawal(tmp_path: Path) -> None:
    """What the withdrawal left, 85,000 with a basis of 68,000, is converted at the year's end."""
    event = {"kind": "withdrawal", "date": "2025-06-02", "amount": 40_000}
    document = {**OPENING, **EVEN, "policies": ["year-end"], "events": [event]}
    early, rolled = forms(comparison(document, tmp_path, "2025-03-03,1000\n"))[::-1]
    assert (early["box_7"], rolled["box_7"]) == ("1", "G")
    assert early["box_1"] == 40_000
    assert rolled["box_1"] == 126_000 - 40_000
    assert rolled["box_5"] == 101_000 - early["box_5"]


GAIN = [1.0, 1.0728389]
"""A price that makes 20,000.00 of January earn 1,456.78 by the year's end (model-2, D5)."""


def refund(tmp_path: Path, policy: str, amount: str, prices: list[float]) -> Comparison:
    """A refund in March of some of 20,000.00 that went in in January."""
    end = date(2025, 12, 31)
    sessions = sessions_between(date(2025, 1, 2), date(2026, 12, 31))
    rows = "".join(f"{day},{prices[day >= end]}\n" for day in sessions)
    (tmp_path / "prices.csv").write_text(f"date,price\n{rows}", encoding="utf-8")
    event = {"kind": "acp-refund", "date": "2026-03-10", "year": 2025, "amount": amount}
    document = {
        "policies": [policy],
        "returns": {"model": "history", "prices": str(tmp_path / "prices.csv")},
        "events": [event],
    }
    return comparison(document, tmp_path, "2025-01-02,20000\n")


@pytest.mark.parametrize("policy", ["never", "per-paycheck"])
def test_a_refund_brings_218_52_of_earnings_wherever_the_money_is(
    policy: str, tmp_path: Path
) -> None:
    """3,000.00 of 20,000.00 whose year earned 1,456.78: 3,000 x 1,456.78 / 20,000 = 218.517."""
    form = forms(refund(tmp_path, policy, "15%", GAIN))[-1]
    assert (form["year"], form["box_7"]) == (2026, "8")
    assert (form["box_1"], form["box_2a"], form["box_5"]) == (3218.52, 218.52, 3000.00)
    assert "box_4" not in form
    assert "additional_tax" not in form


def test_a_refund_after_a_loss_brings_less_than_its_contributions_and_none_of_it_is_taxed(
    tmp_path: Path,
) -> None:
    """Half the price: 3,000.00 - 1,500.00 come back, and the basis falls by all 3,000.00."""
    answer = refund(tmp_path, "never", "15%", [1.0, 0.5])
    form = forms(answer)[-1]
    assert (form["box_1"], form["box_2a"], form["box_5"]) == (1500, 0, 1500)
    assert max(answer.results[0].outcome.years.items())[1].left_basis == 17_000_00


def test_a_refund_of_converted_money_is_said_to_be_unsettled(tmp_path: Path) -> None:
    from simulator.report.sentences import findings

    told = " ".join(findings(refund(tmp_path, "per-paycheck", "$3000", GAIN)))
    assert "no guidance on that is settled" in told
    assert "taxed twice, unless the issuer corrects the earlier form" in told
    assert "A refund does not give room under 415(c) back." in told


def excess(**plan: Any) -> dict[str, Any]:
    """A year in which a lump sum of the employer on its last day exceeds 415(c) by 15,000."""
    return {
        "pay": {"salary": 240_000, "frequency": "monthly"},
        "elections": {"after_tax": "25%"},
        "plan": {
            "room": "year-to-date",
            "nonelective": {"amount": 30_000, "date": "2025-12-31"},
            **plan,
        },
        "policies": ["monthly"],
        **EVEN,
    }


def test_what_exceeds_415c_is_paid_back_of_after_tax_money_with_code_e(tmp_path: Path) -> None:
    """Eleven times 5,000 after-tax, then 30,000 of the employer, against 70,000: 15,000 back.

    December's own 5,000 finds no room any more. By the default the employer's money is cut instead: model 2,
    step 5.
    """
    answer = comparison(excess(excess="after-tax"), tmp_path)
    (year,) = answer.to_dict()["contributions"]
    assert (year["after_tax"], year["after_tax_returned"]) == (40_000, 15_000)
    assert (year["nonelective"], year["employer_cut"]) == (30_000, 0)
    assert year["annual_additions"] == year["annual_additions_limit"] == 70_000
    form = forms(answer)[-1]
    assert (form["year"], form["box_7"]) == (2025, "E")
    assert (form["box_1"], form["box_2a"], form["box_5"]) == (15_000, 0, 15_000)
    assert forms(answer)[0]["box_1"] == 55_000
    assert answer.results[0].outcome.roth_end == 40_000_00
    (cut,) = comparison(excess(), tmp_path).to_dict()["contributions"]
    assert (cut["after_tax"], cut["nonelective"], cut["employer_cut"]) == (55_000, 15_000, 15_000)
    assert "after_tax_returned" not in cut


PAY = {"salary": 120_000, "frequency": "monthly"}


@pytest.mark.parametrize(
    ("document", "wrong"),
    [
        (
            {
                "pay": PAY | {"last_pay_date": "2025-09-30"},
                "events": [AUGUST | {"payout": "split"}],
            },
            "events[0].date: 2025-08-29 is before last_pay_date",
        ),
        (
            {
                "pay": PAY,
                "elections": {"after_tax": "10%"},
                "policies": ["never"],
                "returns": EVEN["returns"],
                "events": [
                    {"kind": "withdrawal", "date": "2025-03-03", "amount": 1},
                    {"kind": "withdrawal", "date": "2025-06-02", "amount": 9_000},
                ],
            },
            "events[1].amount: more than the account holds on 2025-06-02 ($4,999.00)",
        ),
        (
            {
                "pay": PAY,
                "events": [
                    {"kind": "acp-refund", "date": "2026-03-10", "year": 2025, "amount": "15%"}
                ],
            },
            "events[0].year: 2025 had no after-tax contributions",
        ),
        (
            {
                "pay": PAY,
                "elections": {"after_tax": "10%"},
                "events": [
                    {"kind": "acp-refund", "date": "2026-03-10", "year": 2025, "amount": 12_001}
                ],
            },
            "events[0].amount: more than the after-tax contributions of 2025 ($12,000.00)",
        ),
        (
            {"pay": PAY, "events": [AUGUST | {"payout": "split"}] * 2},
            "events[1]: employment ends on 2025-08-29 already; leave one of both out",
        ),
        (
            {"pay": PAY, "events": [AUGUST | {"kind": "separatoin"}]},
            "events.0.kind: 'separatoin' is not a kind of event; did you mean 'separation'?",
        ),
        (
            {"pay": PAY, "events": [{"date": "2025-08-29"}]},
            "events.0.kind: is missing; write for example kind: withdrawal",
        ),
        (
            {
                "pay": PAY | {"bonuses": [{"date": "2025-10-01", "amount": 5_000}]},
                "events": [AUGUST | {"payout": "split"}],
            },
            "pay.bonuses.0.date: 2025-10-01 is after the separation, 2025-08-29",
        ),
    ],
)
def test_an_event_that_cannot_be_is_answered_with_a_line(
    document: dict[str, Any], wrong: str, tmp_path: Path
) -> None:
    with pytest.raises(Mistakes) as mistakes:
        comparison(document, tmp_path)
    assert wrong in str(mistakes.value)


def test_a_separation_ends_the_pay_and_pays_out_what_lands_after_it(tmp_path: Path) -> None:
    """Eight months of pay, the last of it on its way when employment ends.

    June's money would be converted that day, July's may not yet be: both are paid out before the
    conversions; August's lands ten bank days later.
    """
    document = {
        "pay": PAY | {"pay_days": [28]},
        "elections": {"after_tax": "10%"},
        "plan": {"deposit_lag": 10, "eligibility_days": 30},
        "policies": ["monthly"],
        **EVEN,
        "events": [AUGUST | {"payout": "cash"}],
    }
    answer = comparison(document, tmp_path)
    (year,) = answer.to_dict()["contributions"]
    assert year["paychecks"] == 8
    postings = ledger_of(answer.scenario, answer.scenario.policies[0]).postings
    paid = [(str(one.session), one.amount) for one in postings if one.event == "payout"]
    assert paid == [("2025-08-29", 2_000_00), ("2025-09-12", 1_000_00)]
    assert sum(form["box_1"] for form in forms(answer)) == 8_000
    assert not answer.results[0].leaves_money


def test_a_policy_that_has_less_inside_pays_what_is_there_and_says_so(tmp_path: Path) -> None:
    from simulator.report.sentences import findings

    event = {"kind": "withdrawal", "date": "2025-06-02", "amount": 4_000}
    document = {"policies": ["per-paycheck", "year-end"], **EVEN, "events": [event]}
    answer = comparison(document, tmp_path, INSIDE)
    converts, waits = (forms(answer, place) for place in (0, 1))
    assert [form["box_7"] for form in converts] == ["G"]
    assert [form["box_7"] for form in waits] == ["G", "1"]
    told = list(findings(answer))
    assert "per-paycheck: the account holds $4,000.00 less than is withdrawn." in told


def test_two_events_of_one_day_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    """All, then nothing is left to withdraw; some, then the rest."""
    some = {"kind": "withdrawal", "date": "2025-06-02", "amount": 4_000}
    paid = AUGUST | {"date": "2025-06-02", "payout": "roth-ira"}
    document = {"policies": ["never"], **EVEN}
    first = comparison(document | {"events": [some, paid]}, tmp_path, INSIDE)
    assert [form["box_1"] for form in forms(first)] == [8_000, 4_000]
    with pytest.raises(Mistakes, match=r"more than the account holds on 2025-06-02 \(\$0.00\)"):
        comparison(document | {"events": [paid, some]}, tmp_path, INSIDE)


def test_the_clock_of_a_conversion_runs_five_years(tmp_path: Path) -> None:
    """IRC 408A(d)(3)(F): from January 1 of the conversion's year."""
    document = {"policies": ["year-end"], "events": [AUGUST | {"payout": "stay"}]}
    total = comparison(document, tmp_path, INSIDE).to_dict()["policies"][0]["total"]
    (clock,) = total["clock"]
    assert (clock["year"], clock["free_from"]) == (2025, "2030-01-01")
    assert clock["taxable"] == total["box_2a"]


def test_the_verdict_weighs_the_ten_percent(tmp_path: Path) -> None:
    """Converted before, 12,000.00 bears nothing; waiting, its earnings are taxed and bear 10%."""
    document = {
        "policies": ["per-paycheck", {"cadence": "never", "label": "wait"}],
        "taxes": {"federal": "24%"},
        "events": [AUGUST | {"payout": "cash"}],
    }
    answer = comparison(document, tmp_path, INSIDE)
    verdict = answer.to_dict()["verdict"]
    assert verdict["best"] == "per-paycheck"
    assert verdict["others"][0]["costs_more"]["mean"] == 123.21 + 51.34


def test_events_are_reminded_of_drawn_and_checked(tmp_path: Path) -> None:
    answer = comparison(
        {"policies": ["never"], "events": [AUGUST | {"payout": "cash"}]}, tmp_path, INSIDE
    )
    (result,) = answer.results
    told = {(str(one.day), one.kind): one for one in reminders(answer, result)}
    assert told["2025-08-29", "event"].title == "After-tax money paid out in cash: $12,513.39"
    assert "Box 4 $102.68" in told["2026-02-02", "form"].words
    assert [one.kind for one in reminders(answer, result)] == ["event", "form"]
    picture = plot(answer, "balance").get_label()
    assert "payout of $12,513.39 on 2025-08-29" in str(picture)
    assert any("employment ends on 2025-08-29" in item.answer for item in checklist(answer))


def test_a_sweep_counts_box_2a_of_every_form(tmp_path: Path) -> None:
    answer = comparison(
        {"policies": ["never"], "events": [AUGUST | {"payout": "cash"}]}, tmp_path, INSIDE
    )
    (point,) = sweep(answer.scenario, delay=[0]).points
    assert point.amount["mean"] == 513.39


@pytest.mark.parametrize("engine", ["numpy", "fast"])
def test_every_engine_pays_events_alike(engine: str, tmp_path: Path) -> None:
    if engine == "fast":
        pytest.importorskip("numba")
    document = {
        "policies": ["year-end", "monthly"],
        "returns": {"model": "lognormal", "paths": 500, "seed": 3},
        "events": [
            {"kind": "withdrawal", "date": "2025-06-02", "amount": 4_000},
            AUGUST | {"payout": "cash"},
        ],
    }
    answer = comparison(document, tmp_path, INSIDE + "2025-07-15,9000\n")
    again = compare(answer.scenario, engine=engine)
    assert again.to_dict() == answer.to_dict()


def test_a_scenario_without_events_says_nothing_of_them() -> None:
    answer = compare(load(SCENARIOS / "emily.yaml")).to_dict()
    assert "paid_out" not in answer["policies"][0]["total"]
    assert "clock" not in answer["policies"][0]["total"]
    assert "after_tax_returned" not in answer["contributions"][0]


def test_a_ledger_and_a_sweep_ask_about_a_withdrawal_of_more_than_there_is_too() -> None:
    event = {"kind": "withdrawal", "date": "2025-01-06", "amount": 50_000}
    asked = scenario(EMILY | {"events": [event], "policies": ["year-end", "never"]})
    for answer in (ledger_of, sweep):
        extra: Any = {"delay": [0, 30]} if answer is sweep else {}
        which: Any = "year-end" if answer is sweep else asked.policies[0]
        with pytest.raises(Mistakes, match="more than the account holds on 2025-01-06"):
            answer(asked, which, **extra)
