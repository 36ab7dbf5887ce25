"""Account histories: rows of several kinds are asked about, never added up; reversals take back a deposit.

The layouts are those of record keepers, the persons and amounts invented; sums are worked out by hand beside.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.notation.mistakes import Mistakes
from simulator.readers.conversions import conversions_read
from simulator.readers.deposits import deposits_read
from simulator.readers.named_file import ConversionFile, DepositFile
from simulator.readers.reading import Reading
from simulator.scenario.loading import loads
from simulator.simulation import compare

NETBENEFITS = """
Plan name:,"NORTHWIND 401(K), LLC"
Date Range,01/01/2025 - 12/31/2025,,,,


Date,Investment,Transaction Type,Amount,Shares/Unit
03/31/2025,TOTAL MKT IDX TR,Change in Market Value,"21.00","0.000"
03/31/2025,TOTAL MKT IDX TR,Exchange Out,"-3,269.24","-32.550"
01/31/2025,TOTAL MKT IDX TR,Contributions,"1,634.62","16.300"
01/17/2025,TOTAL MKT IDX TR,Contributions,"1,634.62","16.250"
"""
"""NetBenefits, Transaction history, Download: lines above, newest first, no column of the source."""

BY_SOURCE = """\
Trade Date|Transaction|Source|Fund|Dollars|Units
17-Jan-2025|Contribution|PRE-TAX|Index Trust|$903.85|8.985
17-Jan-2025|Contribution|AFTER-TAX|Index Trust|$634.62|6.309
17-Jan-2025|Contribution|EMPLOYER MATCH|Index Trust|$225.96|2.246
31-Jan-2025|Contribution|AFTER-TAX|Index Trust|$634.62|6.328
31-Jan-2025|Contribution|AFTER-TAX|Index Trust|($10.00)|-0.100
31-Jan-2025|Contribution|AFTER-TAX|Index Trust|$10.00|0.100
Total|||| $2,399.05|
"""
"""A record keeper that writes a row for each source, bars between columns, and a sum below."""

COLUMNS = """\
Check Date,Gross Pay,Pre-Tax 401k,After-Tax 401k,Employer Match
1/17/2025,"7,692.31",923.08,769.23,230.77
1/31/2025,"7,692.31",923.08,769.23,230.77
"""
"""A payroll register: a column for each deduction."""


def read(folder: Path, text: str, **named: object) -> Reading[int]:
    """The deposits of a file."""
    (folder / "h.csv").write_text(text, encoding="utf-8")
    return deposits_read(DepositFile.model_validate({"file": folder / "h.csv", **named}))


def rows(reading: Reading[int]) -> list[tuple[str, int]]:
    """Day and cents of each row."""
    return [(str(row.day), row.number) for row in reading.rows]


def asked(folder: Path, text: str, **named: object) -> str:
    """What a file leaves open."""
    with pytest.raises(Mistakes) as refused:
        read(folder, text, **named)
    (mistake,) = refused.value.mistakes
    return str(mistake).partition("h.csv:")[2]


def test_a_history_as_it_comes_is_asked_about(tmp_path: Path) -> None:
    """2 x 1,634.62 = 3,269.24."""
    assert asked(tmp_path, NETBENEFITS) == (
        "6:1: the column 'Transaction Type' has 3 kinds of rows, which are not added up unasked; write "
        "those that are meant, like {file: h.csv, where: {Transaction Type: [Contributions]}}; there are "
        "Contributions (2 rows, $3,269.24); Change in Market Value (1 row, $21.00); Exchange Out (1 row, "
        "-$3,269.24)"
    )


def test_what_it_says_to_write_reads_the_contributions(tmp_path: Path) -> None:
    found = read(tmp_path, NETBENEFITS, where={"Transaction Type": ["Contributions"]})
    assert rows(found) == [("2025-01-17", 1_634_62), ("2025-01-31", 1_634_62)]
    assert [(one.why, one.rows, one.line) for one in found.left_out] == [
        ("another Transaction Type", 2, 7)
    ]
    assert found.told == ("dates like 01/31/2025 were read month first",)


def test_a_scenario_takes_the_same_mapping(tmp_path: Path) -> None:
    """Box 5 at 0%: 3,269.24."""
    (tmp_path / "h.csv").write_text(NETBENEFITS)
    text = (
        "name: a\nyears: 2025\nbirth_year: 1990\nreturns: {annual_return: 0%}\npolicies: [year-end]\n"
        "deposits: {file: h.csv, where: {Transaction Type: [Contributions]}}\n"
    )
    scenario = loads(text.encode(), "a.yaml", tmp_path)
    (policy,) = compare(scenario).to_dict()["policies"]
    assert policy["total"]["box_5"]["mean"] == 3_269.24
    assert [file.name for file in scenario.files_read()] == ["h.csv"]
    assert scenario.varied("returns.annual_return=1%").deposits == scenario.deposits


def test_sources_are_asked_about_and_after_tax_is_proposed(tmp_path: Path) -> None:
    """634.62 + 634.62 + 10 - 10 = 1,269.24; the row of the sum counts nowhere."""
    told = asked(tmp_path, BY_SOURCE)
    assert (
        "AFTER-TAX (4 rows, $1,269.24); EMPLOYER MATCH (1 row, $225.96); PRE-TAX (1 row, $903.85)"
        in told
    )
    assert "like {file: h.csv, where: {Source: [AFTER-TAX]}}" in told
    found = read(tmp_path, BY_SOURCE, where={"Source": "after-tax"})
    assert rows(found) == [("2025-01-17", 634_62), ("2025-01-31", 634_62)]
    assert {one.why: one.rows for one in found.left_out} == {
        "behind the table": 1,
        "another Source": 2,
        "reversals, and the deposits that they take back": 2,
    }


def test_the_after_tax_column_of_a_payroll_register_is_taken(tmp_path: Path) -> None:
    found = read(tmp_path, COLUMNS)
    assert rows(found) == [("2025-01-17", 769_23), ("2025-01-31", 769_23)]
    assert [one.column for one in found.columns] == ["Check Date", "After-Tax 401k"]


@pytest.mark.parametrize(
    ("reversed_row", "left"),
    [
        ("2025-02-28,-100", [("2025-01-31", 100_00), ("2025-02-14", 50_00)]),
        ("2025-02-20,-50", [("2025-01-31", 100_00), ("2025-02-28", 100_00)]),
        ("2025-01-31,(100.00)", [("2025-02-14", 50_00), ("2025-02-28", 100_00)]),
        ("2025-03-31,100-", [("2025-01-31", 100_00), ("2025-02-14", 50_00)]),
    ],
)
def test_a_negative_row_takes_back_the_latest_deposit_of_its_size(
    reversed_row: str, left: list[tuple[str, int]], tmp_path: Path
) -> None:
    text = f"date,amount\n2025-01-31,100\n2025-02-14,50\n2025-02-28,100\n{reversed_row}\n"
    assert rows(read(tmp_path, text)) == left


@pytest.mark.parametrize(
    "row", ["2025-02-28,-99", "2025-01-30,-100", "2025-02-28,-100\n2025-03-01,-100"]
)
def test_a_negative_row_that_takes_nothing_back_is_asked_about(row: str, tmp_path: Path) -> None:
    told = asked(tmp_path, f"date,amount\n2025-01-31,100\n{row}\n")
    assert "takes back no deposit of that size; leave the row out, and write money" in told


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("Source", ("AFTER-TAX", "PRE-TAX")),
        ("Type", ("01", "02")),
        ("Anything", ("Payroll", "Exchange In")),
        ("Memo", ("", "Employer match")),
        ("Status", ("Posted", "Pending", "Posted")),
    ],
)
def test_kinds_are_known_by_the_name_of_the_column_or_by_what_stands_in_it(
    column: str, values: tuple[str, ...], tmp_path: Path
) -> None:
    text = f"date,amount,{column}\n" + "".join(
        f"2025-01-31,{n},{one}\n" for n, one in enumerate(values, 1)
    )
    assert "not added up unasked" in asked(tmp_path, text)


def test_kinds_in_a_column_without_a_name_are_asked_about(tmp_path: Path) -> None:
    text = "date,,amount\n2025-01-17,Payroll,100\n2025-01-17,Loan,50\n2025-01-31,Payroll,100\n"
    assert asked(tmp_path, text) == (
        "1:1: column 2 has no name and may hold kinds of rows, which are not added up unasked; "
        "give it one in line 1, like Type; there are Payroll (2 rows, $200.00); Loan (1 row, $50.00)"
    )


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("Investment", ("Index Trust", "Bond Trust", "Bond Trust")),
        ("remark", ("first", "")),
        ("Memo", ("Payroll 01/31", "Payroll 02/14")),
        ("Source", ("AFTER-TAX", "After-Tax")),
        ("Settlement", ("2025-02-03", "2025-02-18", "2025-02-18")),
        ("Confirmation", ("100", "100", "102")),
    ],
)
def test_what_says_nothing_of_kinds_is_not_asked_about(
    column: str, values: tuple[str, ...], tmp_path: Path
) -> None:
    text = f"date,amount,{column}\n" + "".join(
        f"2025-01-31,{n},{one}\n" for n, one in enumerate(values, 1)
    )
    assert len(read(tmp_path, text).rows) == len(values)


FOREIGN = (
    *("Exchange In", "Exchange Out", "Change in Market Value", "Dividend", "Reinvested Earnings"),
    *(
        "Administrative Fee",
        "Loan Repayment",
        "Employer Match",
        "PRE-TAX",
        "Roth 401(k)",
        "Rollover",
    ),
    *("Withdrawal", "Transfer In", "In-Plan Roth Conversion", "Profit Sharing", "Interest"),
)


@given(
    st.lists(st.integers(1, 10**7), min_size=1, max_size=8),
    st.integers(0, 8),
    st.sampled_from(FOREIGN),
    st.sampled_from(("Transaction Type", "Source", "Art", "Column 7")),
)
def test_a_foreign_kind_is_never_added_up_in_silence(
    tmp_path_factory: pytest.TempPathFactory,
    cents: list[int],
    place: int,
    foreign: str,
    column: str,
) -> None:
    """Wherever it stands, and whatever its column is called."""
    lines = [f"2025-01-{n + 1:02},{one / 100:.2f},Contributions" for n, one in enumerate(cents)]
    lines.insert(place % (len(lines) + 1), f"2025-01-20,12.34,{foreign}")
    text = f"Date,Amount,{column}\n" + "\n".join(lines) + "\n"
    folder = tmp_path_factory.mktemp("drawn")
    assert f"{foreign} (1 row, $12.34)" in asked(folder, text)
    kept = read(folder, text, where={column: ["contributions"]})
    assert sorted(row.number for row in kept.rows) == sorted(cents)


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ({"Kind": ["Contributions"]}, "where: the header has no column 'Kind'; it has 'Date',"),
        ({"Transaction Type": ["Contribution"]}, "where: 'Contribution' is no value of the column"),
    ],
)
def test_a_filter_that_finds_nothing_says_what_there_is(
    where: dict[str, list[str]], told: str, tmp_path: Path
) -> None:
    message = asked(tmp_path, NETBENEFITS, where=where)
    assert message.startswith(f"6:1: {told}")
    assert "'Contributions'" in message or "'Transaction Type'" in message


@pytest.mark.parametrize(
    "head", ["Date,Source,Value of account\n", "Date,Amount,Deposit date\n", "Day,Amount\n"]
)
def test_what_is_not_found_says_what_to_write(head: str, tmp_path: Path) -> None:
    (tmp_path / "h.csv").write_text(f"{head}2025-01-31,5,7\n")
    if "Day" in head:
        assert "the header has no column date; write date,amount" in asked(tmp_path, f"{head}1,2\n")
    elif "Source" in head:
        told = asked(tmp_path, f"{head}2025-01-31,AFTER-TAX,7\n")
        assert (
            "no column amount; write date,amount; or name it, like {file: h.csv, amount: " in told
        )
    else:
        assert rows(read(tmp_path, f"{head}2025-01-31,5,2025-02-03\n")) == [("2025-01-31", 5_00)]


def test_conversions_of_a_history_are_read_with_what_stands_beside_them(tmp_path: Path) -> None:
    """What goes out may be written with a minus; a mapping names the columns."""
    (tmp_path / "c.csv").write_text(
        "Run Date,Activity,Amount,Account value,To,Fee\n"
        '06/30/2025,In-Plan Roth Conversion,"-5,432.10","5,432.10",Roth,25.00\n'
        '03/31/2025,In-Plan Roth Conversion,"-4,321.00","4,321.00",Roth,\n'
        "04/15/2025,Contributions,634.62,,,\n"
    )
    named = {"file": tmp_path / "c.csv", "where": {"Activity": "In-Plan Roth Conversion"}}
    found = conversions_read(ConversionFile.model_validate(named))
    assert rows(found) == [("2025-03-31", 4_321_00), ("2025-06-30", 5_432_10)]
    assert found.beside == (
        {"value": 4_321_00, "to": "roth"},
        {"value": 5_432_10, "to": "roth", "fee": 25_00},
    )
    with pytest.raises(Mistakes, match="2 kinds of rows"):
        conversions_read(ConversionFile(file=tmp_path / "c.csv"))


def test_all_columns_of_kinds_are_asked_about_at_once() -> None:
    """78 contributions of three sources, four fees, four conversions: what the shipped history has."""
    history = Path(__file__).parents[2] / "scenarios" / "data" / "trust-history.csv"
    with pytest.raises(Mistakes) as refused:
        deposits_read(DepositFile(file=history))
    told = [mistake.message for mistake in refused.value.mistakes]
    assert [one.partition("' has ")[0] for one in told] == [
        "the column 'Activity",
        "the column 'Source",
    ]
    where = "where: {Activity: [Contribution], Source: [AFTER-TAX]}}"
    assert all(where in one for one in told)
