"""A panel of cards: read, counted from month to month, and watched from a snapshot that knows nothing of later."""

import zipfile

import numpy as np
import pytest

from fenqi.learning.contract import DatasetAltered
from fenqi.learning.folds import deal_by_group
from fenqi.learning.panel.behaviour import others_behaviour, own_behaviour, snapshot_of
from fenqi.learning.panel.card import CLOSED, MONTHS, NO_LOAN, UNSEEN, panel_of, read_statuses, unpacked
from fenqi.learning.panel.roll_rate import roll_rates

CREDIT = b"""ID,MONTHS_BALANCE,STATUS
7,-13,X
7,-12,0
7,-11,1
8,-13,1
8,-12,2
9,-12,C
9,0,0
"""
APPLICATION = b"""ID,CODE_GENDER,CNT_CHILDREN,OCCUPATION_TYPE
7,M,1.0,Cook
5,F,0,
8,M,1.0,Cook
8,F,3,Driver
"""


def test_reads_statuses_by_account_and_month():
    panel = panel_of(CREDIT, APPLICATION)
    assert panel.accounts.tolist() == [7, 8, 9]
    assert panel.statuses.shape == (3, MONTHS)
    assert [panel.month(month).tolist() for month in (-13, -12, -11)] == [
        [NO_LOAN, 1, UNSEEN],
        [0, 2, CLOSED],
        [1, UNSEEN, UNSEEN],
    ]
    assert panel.borrowers[0] == panel.borrowers[1] != panel.borrowers[2]
    assert panel.applications.names == ("code_gender", "cnt_children", "occupation_type")
    assert panel.applications.values[:2].tolist() == [[0.0, 1.0, 0.0]] * 2
    assert np.isnan(panel.applications.values[2]).all()


@pytest.mark.parametrize("row", ["7,-61,0", "7,1,0", "7,-3,6", "7,-3,Q", "7,-3"])
def test_refuses_a_row_that_the_panel_cannot_have(row):
    with pytest.raises(DatasetAltered):
        read_statuses(f"ID,MONTHS_BALANCE,STATUS\n{row}\n".encode())


def test_unpacks_the_one_file_and_refuses_what_is_no_zip(tmp_path):
    path = tmp_path / "credit_record.csv.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("credit_record.csv", CREDIT)
    assert unpacked(path) == CREDIT
    path.write_bytes(b"half")
    with pytest.raises(DatasetAltered):
        unpacked(path)


def test_counts_every_pair_of_consecutive_months():
    rates = roll_rates(read_statuses(CREDIT)[1])
    assert rates.pairs.sum() == 3
    assert (rates.rate("X", "0"), rates.rate("0", "1"), rates.rate("1", "2")) == (1.0, 1.0, 1.0)
    assert rates.rate("5", "5") == 0.0


def test_every_status_is_in_the_denominator():
    lines = [
        f"{account},{month},{status}"
        for account, pair in enumerate(("00", "0C", "01", "0X", "10"))
        for month, status in zip((-1, 0), pair, strict=True)
    ]
    rates = roll_rates(read_statuses("\n".join(["ID,MONTHS_BALANCE,STATUS", *lines]).encode())[1])
    assert [rates.rate("0", after) for after in "01CX"] == [0.25] * 4
    assert rates.rate("1", "0") == 1.0


def test_watches_active_accounts_and_sees_who_is_late_in_the_six_months_after():
    snapshot = snapshot_of(panel_of(CREDIT, APPLICATION))
    assert snapshot.places.tolist() == [0, 1]
    assert snapshot.outcomes.tolist() == [True, False]
    assert snapshot.months_seen.tolist() == [2, 2]
    assert snapshot.own["status_0"].tolist() == [0.0, 2.0]
    assert snapshot.others["others_late_now"].tolist() == [2.0, 0.0]


def test_what_follows_the_snapshot_changes_no_feature():
    lots = np.random.default_rng(4)
    panel = panel_of(CREDIT, APPLICATION)
    before = snapshot_of(panel)
    panel.statuses[:, -12:] = lots.integers(UNSEEN, 6, (3, 12))
    after = snapshot_of(panel)
    for columns, same in ((before.own, after.own), (before.others, after.others), (before.applied, after.applied)):
        for name, column in columns.items():
            np.testing.assert_array_equal(column, same[name], err_msg=name)


def test_tells_how_often_how_long_ago_and_how_steadily():
    months = np.array([[UNSEEN] * 44 + [0, 1, 2, 0, 0]], dtype=np.int8)
    own = {name: column[0] for name, column in own_behaviour(months).items()}
    assert own["months_seen"] == 5
    assert (own["late_6"], own["due_6"], own["late_share_3"]) == (2, 3, 1 / 3)
    assert (own["months_since_late"], own["months_since_late_60"], own["months_since_due"]) == (2, 2, 0)
    assert (own["months_unchanged"], own["times_fell_late"], own["worst_3"]) == (2, 1, 2)


def test_an_account_is_not_among_its_borrowers_others():
    months = np.array([[0, 1], [0, 2], [0, 0]], dtype=np.int8)
    others = others_behaviour(months, np.array([4, 4, 5]))
    assert others["others_late_ever"].tolist() == [1.0, 1.0, 0.0]
    assert others["others_accounts"].tolist() == [1.0, 1.0, 0.0]
    assert np.isnan(others["others_late_share"][2])


def test_a_borrowers_accounts_are_dealt_to_one_fold():
    borrowers = np.array([3, 1, 3, 2, 1, 9, 3])
    folds = deal_by_group(borrowers, folds=3, seed=1)
    assert len({(borrower, fold) for borrower, fold in zip(borrowers.tolist(), folds, strict=True)}) == 4
    assert folds == deal_by_group(borrowers, folds=3, seed=1) != deal_by_group(borrowers, folds=3, seed=2)
