"""Accounts follow from what they are."""

from uuid import UUID

import pytest

from fenqi.core.ledger.account import (
    CHART,
    NOBODY,
    Account,
    AccountKind,
    CurrencyUnknown,
    bucket_in,
    bucket_of,
    id_in_bucket,
    ledger_number,
)

LOAN = UUID("018f4e5a-0000-7000-8000-00000000abcd")


def test_every_kind_has_a_line_of_its_own_in_the_chart() -> None:
    assert set(CHART) == set(AccountKind)
    assert len({line.number for line in CHART.values()}) == len(AccountKind)


def test_only_memoranda_have_no_subject_code() -> None:
    assert all(bool(line.subject_code) != line.is_memo for line in CHART.values())


def test_the_same_account_has_the_same_id_for_ever() -> None:
    account = Account(AccountKind.LOAN_PRINCIPAL, LOAN, "CNY", 205)
    assert account.account_id == UUID("080d5f9d-4dbe-5c64-a46d-72c51ee3d9bd")


def test_accounts_that_differ_in_anything_have_different_ids() -> None:
    accounts = (
        Account(AccountKind.BANK_CASH, NOBODY, "CNY", 1),
        Account(AccountKind.BANK_CASH, NOBODY, "CNY", 2),
        Account(AccountKind.BANK_CASH, NOBODY, "USD", 1),
        Account(AccountKind.BANK_CASH, LOAN, "CNY", 1),
        Account(AccountKind.SUSPENSE, NOBODY, "CNY", 1),
    )
    assert len({account.account_id for account in accounts}) == len(accounts)


def test_an_id_carries_its_bucket() -> None:
    assert bucket_in(id_in_bucket(LOAN, 77)) == 77
    assert id_in_bucket(LOAN, 77).bytes[:15] == LOAN.bytes[:15]


def test_keys_spread_over_all_buckets() -> None:
    assert {bucket_of(str(number)) for number in range(5_000)} == set(range(256))


def test_memoranda_are_kept_apart_from_money() -> None:
    assert ledger_number("CNY", is_memo=True) != ledger_number("CNY", is_memo=False)


def test_refuses_a_currency_without_books() -> None:
    with pytest.raises(CurrencyUnknown):
        ledger_number("XAU", is_memo=False)
