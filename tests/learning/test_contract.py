"""What makes a file the Taiwan data set, on files that are nearly one."""

import csv
import hashlib
import io

import pytest

from fenqi.learning import contract
from fenqi.learning.contract import COLUMNS, LIMIT, OTHER_NAMES, OUTCOME, DatasetAltered, hold


def written(rows, *, header=COLUMNS):
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode()


def row(number, **values):
    return [values.get(column, number if column == "ID" else 1) for column in COLUMNS]


@pytest.fixture
def small(monkeypatch):
    """The contract of a data set of two rows."""
    rows = [row(1), row(2)]
    monkeypatch.setattr(contract, "ROWS", 2)
    values = "".join(",".join(map(str, each)) + "\n" for each in rows)
    monkeypatch.setattr(contract, "SUMS", {LIMIT: 2, "statuses": 12, "bills": 12, "payments": 12, OUTCOME: 2})
    monkeypatch.setattr(contract, "VALUES_SHA256", hashlib.sha256(values.encode()).hexdigest())
    return rows


def refusal_of(content):
    with pytest.raises(DatasetAltered) as refused:
        hold(content)
    assert refused.value.code == "dataset_altered"
    return refused.value.what


def test_a_missing_column_is_named(small):
    header = [*COLUMNS[:-1], "outcome"]
    assert OUTCOME in refusal_of(written(small, header=header))


def test_a_missing_row_is_counted(small):
    assert refusal_of(written(small[:1])) == "the file has 1 rows"


def test_a_sum_that_differs_is_named(small):
    assert "statuses" in refusal_of(written([row(1, PAY_4=2), row(2)]))


def test_values_that_keep_the_sums_are_found_out(small):
    assert "SHA-256" in refusal_of(written([row(1, BILL_AMT4=2), row(2, BILL_AMT4=0)]))


@pytest.mark.parametrize("cell", ["", "abc", "1.5", "nan", "inf", "1e99999999", "9" * 40])
def test_a_cell_that_is_no_whole_number_is_shown(small, cell):
    assert "whole number" in (what := refusal_of(written([row(1, PAY_AMT1=cell), row(2)]))) or "not a number" in what


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04", b'"' + b"x" * 200_000])
def test_what_is_no_table_is_refused(content):
    assert refusal_of(content)


def test_the_values_count_and_not_their_spelling(small):
    names = {column: name for name, column in OTHER_NAMES.items() if name[0] in "XY"}
    numbered = [names.get(column, column) for column in COLUMNS]
    spelled = [[f"{value}.0" if place % 2 else f"{value}.00E+00" for place, value in enumerate(each)] for each in small]
    turned = [line[::-1] for line in [numbered, *spelled]]
    assert hold(written(turned[1:], header=turned[0])) == tuple(map(tuple, small))


def test_uci_counts_its_columns_from_the_latest_month_back():
    assert [OTHER_NAMES[name] for name in ("X6", "X7", "X9", "X11")] == ["PAY_0", "PAY_2", "PAY_4", "PAY_6"]
    assert [OTHER_NAMES[name] for name in ("X12", "X17", "X18", "X23")] == [
        "BILL_AMT1",
        "BILL_AMT6",
        "PAY_AMT1",
        "PAY_AMT6",
    ]


def test_the_real_file_holds_and_one_altered_digit_in_it_does_not(taiwan_file):
    content = taiwan_file.read_bytes()
    assert len(hold(content)) == contract.ROWS
    assert "the sum of bills" in refusal_of(content.replace(b"29239", b"29238", 1))
