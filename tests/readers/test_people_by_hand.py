"""HR exports: headers recognised, values in a scenario's words, what is not known kept beside the results.

Layouts are those of HR and payroll programs; people and figures are invented, the expected cells written by
hand.
"""

import re
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles.numbers import FORMAT_PERCENTAGE_00

from simulator.batches.people_reading import people_read
from simulator.batches.sources import sources
from simulator.batches.table import Table, UnusableTable
from simulator.batches.what_varies import NoJobs
from simulator.readers.written import Asked
from tests.batches import template
from tests.commands import Run

CENSUS = """\
Northwind Employee Census
"Report run 11/20/2025, all locations"

Employee ID,Employee Name,Date of Birth,Hire Date,Department,Base Pay,Pay Frequency,401(k) %,After-Tax %
1001,"Ortega, Ana",07/14/1988,03/02/2015,Research,"$185,000.00",Bi-Weekly,12,6
1002,"Berg, Tom",11/02/1963,06/16/2025,Sales,"$142,500.00",Bi-Weekly,10%,8.5
1003,"Iyer, Dev",1/30/1992,01/05/2009,Plant,"$96,000.00",Semi-Monthly,8,4

Total,,,,,"$423,500.00",,,
"""


def cells(file: Path, **mapping: str) -> list[dict[str, str]]:
    """The rows of a table, as a batch has them."""
    return people_read(file, mapping).clean_rows()


def written(folder: Path, text: str, name: str = "people.csv") -> Path:
    """A table in a folder."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_census_is_read_as_it_comes(tmp_path: Path) -> None:
    assert cells(written(tmp_path, CENSUS))[:2] == [
        {
            "#Employee ID": "1001",
            "name": "Ortega, Ana",
            "birth_year": "1988",
            "Hire Date": "2015-03-02",
            "#Department": "Research",
            "pay.salary": "185000.00",
            "pay.frequency": "biweekly",
            "elections.pre_tax": "12%",
            "elections.after_tax": "6%",
        },
        {
            "#Employee ID": "1002",
            "name": "Berg, Tom",
            "birth_year": "1963",
            "Hire Date": "2025-06-16",
            "#Department": "Sales",
            "pay.salary": "142500.00",
            "pay.frequency": "biweekly",
            "elections.pre_tax": "10%",
            "elections.after_tax": "8.5%",
        },
    ]


@pytest.mark.parametrize(
    ("separator", "encoding"), [("\t", "utf-16"), (";", "utf-8-sig"), ("|", "utf-8")]
)
def test_separators_and_letters_are_found(separator: str, encoding: str, tmp_path: Path) -> None:
    rows = [["Name", "Salary", "Team"], ["Ada", "210000", "Research"], ["Ben", "98000", "Sales"]]
    text = "Census\r\n\r\n" + "".join(separator.join(row) + "\r\n" for row in rows)
    (tmp_path / "p.csv").write_bytes(text.encode(encoding))
    assert cells(tmp_path / "p.csv") == [
        {"name": "Ada", "pay.salary": "210000", "#Team": "Research"},
        {"name": "Ben", "pay.salary": "98000", "#Team": "Sales"},
    ]


def test_a_workbook_of_people_is_read(tmp_path: Path) -> None:
    """A date is a date there, and 0.06 shown as 6.00% is 6%."""
    from datetime import date

    book = Workbook()
    sheet = book.create_sheet("Census")
    for row in (
        ("Census of November",),
        (),
        ("Employee Name", "Birth Date", "Base Salary", "After-Tax %"),
        ("Ada", date(1988, 7, 14), 210_000, 0.06),
        ("Ben", date(1971, 2, 1), 165_000.5, 0.1),
        (),
        ("Confidential",),
    ):
        sheet.append(list(row))
    for line in (4, 5):
        sheet.cell(line, 4).number_format = FORMAT_PERCENTAGE_00
    book.save(tmp_path / "p.xlsx")
    assert cells(tmp_path / "p.xlsx") == [
        {"name": "Ada", "birth_year": "1988", "pay.salary": "210000", "elections.after_tax": "6%"},
        {
            "name": "Ben",
            "birth_year": "1971",
            "pay.salary": "165000.5",
            "elections.after_tax": "10%",
        },
    ]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *(("Bi-Weekly", "biweekly"), ("BIWEEKLY", "biweekly"), ("Every Two Weeks", "biweekly")),
        *(("26", "biweekly"), ("Semi-Monthly", "semimonthly"), ("Twice a month", "semimonthly")),
        *(("24", "semimonthly"), ("Weekly", "weekly"), ("52", "weekly"), ("M", "monthly")),
        *(("Monthly", "monthly"), ("12", "monthly"), ("Quarterly", "Quarterly")),
    ],
)
def test_a_frequency_is_known_in_any_spelling(said: str, meant: str, tmp_path: Path) -> None:
    """What is not known stays, for the scenario to refuse."""
    file = written(tmp_path, f"Salary,Pay Frequency\n1000,{said}\n")
    assert cells(file)[0]["pay.frequency"] == meant


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("07/08/1961", "1961"),
        ("7/8/61", "1961"),
        ("1961-08-07", "1961"),
        ("7-Aug-2004", "2004"),
        ("1961", "1961"),
    ],
)
def test_a_birth_year_needs_no_order_of_day_and_month(said: str, year: str, tmp_path: Path) -> None:
    assert cells(written(tmp_path, f"Salary,DOB\n1000,{said}\n"))[0]["birth_year"] == year


def test_a_column_is_named_by_a_mapping(tmp_path: Path) -> None:
    file = written(tmp_path, "Who,Vergütung,Ort\nAda,210000,Ulm\n")
    named = {"who": "name", "Vergütung": "pay.salary", "Ort": "#city"}
    assert people_read(file, named).clean_rows() == [
        {"name": "Ada", "pay.salary": "210000", "#city": "Ulm"}
    ]
    with pytest.raises(UnusableTable, match="mapping: there is no column 'Pay'"):
        people_read(file, {"Pay": "pay.salary"})
    with pytest.raises(UnusableTable, match="unknown key 'salry'; did you mean 'salary'"):
        sources([template(tmp_path)], table=file, mapping={"Vergütung": "pay.salry"})
    with pytest.raises(NoJobs, match="a mapping names columns of a table; give a table too"):
        sources([template(tmp_path)], mapping={"a": "name"})


@pytest.mark.parametrize(
    ("asked_by", "naming", "other"),
    [
        ("options", '--map "Annual Salary=pay.salary"', '--map "Salary=#other"'),
        ("arguments", "mapping={'Annual Salary': 'pay.salary'}", "mapping={'Salary': '#other'}"),
    ],
)
def test_what_a_column_is_is_said_as_it_was_asked(
    asked_by: Asked, naming: str, other: str, tmp_path: Path
) -> None:
    for header, words in (("A,B", naming), ("Salary,Annual Salary", other)):
        table = written(tmp_path, f"{header}\n1,2\n")
        with pytest.raises(UnusableTable, match=re.escape(words)):
            sources([template(tmp_path)], table=table, asked_by=asked_by)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Salary,After-Tax %\n1,0.06\n1,0.1\n", "'After-Tax %': 0.06 may be 6% or 0.06%"),
        (
            "Salary,Hire Date\n1,01/02/2025\n1,03/04/2025\n",
            "'Hire Date': dates like 01/02/2025 fit",
        ),
    ],
)
def test_what_a_whole_column_leaves_open_is_asked_about(
    text: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(UnusableTable) as refused:
        people_read(written(tmp_path, text), {})
    assert told in str(refused.value)


def test_a_percentage_of_half_a_percent_beside_others_is_one(tmp_path: Path) -> None:
    file = written(tmp_path, "Salary,Roth %\n1000,0.5\n1000,6\n")
    assert [row["elections.roth"] for row in cells(file)] == ["0.5%", "6%"]


def test_a_salary_that_may_be_an_hour_s_is_asked_about(tmp_path: Path) -> None:
    """A row at a time, or once where none of the column's is enough; a field's own name says it."""
    said = "75.50 is no year's pay; of an hour's write the year's, 75.50 x 2,080 hours = 157040; if it "
    said += "is a year's, call the column pay.salary"
    mixed = people_read(written(tmp_path, 'Salary\n75.50\n"$85,500"\n0\n'), {})
    assert [(row.line, row.column, row.fault) for row in mixed.faults] == [
        (2, 1, f"Salary: {said}")
    ]
    assert mixed.clean_rows() == [{"pay.salary": "85500"}, {"pay.salary": "0"}]
    with pytest.raises(UnusableTable) as asked:
        people_read(written(tmp_path, "Name,Base Pay\nA,75.50\nB,$24\n"), {})
    assert str(asked.value) == f"{tmp_path / 'people.csv'}:1:2: 'Base Pay': {said}"
    assert cells(written(tmp_path, "pay.salary\n75.50\n")) == [{"pay.salary": "75.50"}]


@pytest.mark.parametrize(
    ("frequency", "hired", "first"),
    [
        ("biweekly", "2025-06-16", "2025-06-27"),  # 2025-01-10 and twelve times two weeks
        ("biweekly", "2025-06-13", "2025-06-13"),
        ("weekly", "2025-06-16", "2025-06-20"),
        ("monthly", "2025-06-16", "2025-06-16"),
        ("biweekly", "2025-01-02", "2025-01-10"),
        ("biweekly", "2015-03-02", None),
    ],
)
def test_a_hire_date_tells_the_first_pay_date_of_the_cycle(
    frequency: str, hired: str, first: str | None, tmp_path: Path
) -> None:
    """Who was there before the year is paid as the template says: on January 10, then every two weeks."""
    file = written(tmp_path, f"Salary,Pay Frequency,Hire Date\n100000,{frequency},{hired}\n")
    (job,) = sources([template(tmp_path)], table=file).jobs()
    told = {cell.field: cell.text for cell in job.cells}
    assert told.get("pay.first_pay_date") == first
    assert told["#Hire Date"] == hired
    assert job.scenario().pay is not None


@pytest.mark.usefixtures("here")
def test_a_batch_takes_a_census_and_groups_by_its_columns(tmp_path: Path, main: Run) -> None:
    file, to = written(tmp_path, CENSUS), tmp_path / "r"
    done = main("batch", template(tmp_path), "--table", file, "-o", to, "--workers", 1)
    assert done.status == 0
    assert "kept beside the results, as they set no field: Employee ID, Department" in done.stderr
    told = main("summary", to, "--by", "#Department", "--format", "csv").stdout
    assert {line.split(",")[0] for line in told.splitlines()[1:]} >= {"Research", "Sales", "Plant"}


@pytest.mark.parametrize(
    ("name", "known", "field"),
    [
        ("Salery", "salary", "pay.salary"),
        ("Annual Salry", "annual salary", "pay.salary"),
        ("Brith Date", "birth date", "birth_year"),
        ("Deferrals", "deferral", "elections.pre_tax"),
    ],
)
def test_a_column_one_letter_off_is_asked_about_and_kept_where_that_is_said(
    name: str, known: str, field: str, tmp_path: Path
) -> None:
    file = written(tmp_path, f"Name,{name}\nAda,1\n")
    asked = f"'{name}': did you mean '{known}'? write {field} in its place, or #{name} to keep it"
    with pytest.raises(UnusableTable, match=re.escape(asked)):
        Table(file).check()
    Table(file, ((name, f"#{name}"),)).check()
    Table(written(tmp_path, f"Name,#{name}\nAda,1\n")).check()


@pytest.mark.parametrize(
    "name",
    [
        "Rehire Date",
        "Employee ID",
        "Employer",
        "Referral",
        "W-2 Box 5 Prior Year",
        "Location",
        "401(a)",
    ],
)
def test_a_column_that_is_another_word_is_kept(name: str, tmp_path: Path) -> None:
    Table(written(tmp_path, f"Name,{name}\nAda,1\n")).check()


@pytest.mark.usefixtures("here")
def test_a_mapping_may_stand_in_a_file(tmp_path: Path, main: Run) -> None:
    file = written(tmp_path, "Who,Pay a year\nAda,210000\n")
    names = written(tmp_path, "Who: name\nPay a year: pay.salary\n", "names.yaml")
    options = ["--table", file, "-o", tmp_path / "r", "--workers", 1]
    assert main("batch", template(tmp_path), *options, "--map", names).status == 0
    pairs = ["--map", "Who=name", "--map", "Pay a year=pay.salary"]
    again = main("batch", template(tmp_path), *options, *pairs)
    assert "1 answered before" in again.stderr
    wrong = main("batch", template(tmp_path), *options, "--map", "no.yaml")
    assert (wrong.status, wrong.stdout) == (2, "")
    assert "--map no.yaml: cannot be read: No such file or directory" in wrong.stderr


def test_a_table_of_fields_is_read_as_before(tmp_path: Path) -> None:
    """Its cells stay what they are, whatever they look like."""
    file = written(tmp_path, "name,#team,pay.salary,birth_year\nAda, x ,$1_000,01/02/1988\n")
    assert cells(file) == [
        {"name": "Ada", "#team": " x ", "pay.salary": "$1_000", "birth_year": "01/02/1988"}
    ]


def test_a_person_with_nothing_but_a_name_is_no_footer(tmp_path: Path) -> None:
    file = written(tmp_path, "name,pay.salary\nAda Lovelace,\n\nThis is confidential\n")
    assert [row["name"] for row in cells(file)] == ["Ada Lovelace"]
