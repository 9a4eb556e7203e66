"""Rules of the worked loan cases that no case of the file decides, each with its reckoning."""

from fenqi.cases.run import run


def case(*steps, **inputs):
    """100 over four months from 15 November 2024, unless told otherwise."""
    agreed = {
        "principal": "100",
        "annual_rate_percent": "12",
        "interest_type": "DECLINING_BALANCE",
        "interest_calculation_period": "DAILY",
        "amortization": "EQUAL_INSTALLMENTS",
        "n_instalments": 4,
        "repay_every": 1,
        "frequency": "MONTHS",
        "days_in_year": "360",
        "days_in_month": "30",
        "currency": "CNY",
        "decimals": 2,
        "submitted_on": "2024-11-15",
        "payment_strategy": "ADVANCED_PAYMENT_ALLOCATION",
    }
    return {"id": "R", "inputs": agreed | inputs, "steps": list(steps)}


def outcome(*steps, **inputs):
    (found,) = run({"kind": "loan", "cases": [case(*steps, **inputs)]})
    return str(found)


def today(day):
    return {"do": "set_business_date", "date": day}


def drawn(amount="100", on="2024-11-15"):
    return {"do": "disburse", "date": on, "amount": amount}


def paid(amount, on, kind="REPAYMENT"):
    return {"do": "transaction", "type": kind, "date": on, "amount": amount}


def rows(*wanted):
    return {"expect": "schedule", "rows": list(wanted)}


DRAW = {"row_kind": "disbursement"}


def test_rate_factors_have_twelve_significant_digits():
    """75.00 over 31 of 360 days at 12 %: 0.0103333333333 × 75 = 0.7749999999975 rounds to 0.77, where the exact
    0.775 would round half-even to 0.78."""
    expected = rows(DRAW, {"interest": "1.00"}, {"interest": "0.77"}, {"interest": "0.52"}, {"interest": "0.23"})
    assert outcome(drawn(), expected, amortization="EQUAL_PRINCIPAL", days_in_month="ACTUAL") == "R pass"


def test_a_stretch_cut_by_today_costs_what_it_costs_in_one_piece():
    """Looked at on 1 January the period of 75.00 still costs 0.77: the balance does not change within it."""
    expected = rows(DRAW, {"interest": "1.00"}, {"interest": "0.77"}, {"interest": "0.52"}, {"interest": "0.23"})
    steps = (today("2024-11-15"), drawn(), today("2024-12-15"), paid("26.00", "2024-12-15"), today("2025-01-01"))
    changes = {"amortization": "EQUAL_PRINCIPAL", "days_in_month": "ACTUAL", "interest_recalculation": True}
    assert outcome(*steps, expected, **changes) == "R pass"


def test_on_one_day_every_draw_is_followed_by_its_own_down_payment():
    """100 and 40 drawn on one day with a quarter down: 100 | 75 left, 40 | 115 − 10 = 105 left."""
    expected = rows(
        {"row_kind": "disbursement", "balance": "100"},
        {"nr": 1, "days": 0, "principal": "25", "balance": "75"},
        {"row_kind": "disbursement", "balance": "40"},
        {"nr": 2, "days": 0, "principal": "10", "balance": "105"},
        {"nr": 3, "principal": "105", "balance": "0"},
    )
    changes = {"down_payment_enabled": True, "down_payment_percent": "25", "n_instalments": 1, "principal": "200"}
    assert outcome(drawn(), drawn("40"), expected, **changes) == "R pass"


def test_a_down_payment_needs_no_other_word_than_its_percentage():
    """A quarter of 100 down, and the rest in one instalment; nothing down where it is switched off."""
    expected = rows(DRAW, {"days": 0, "principal": "25"}, {"principal": "75"})
    assert outcome(drawn(), expected, down_payment_percent="25", n_instalments=1) == "R pass"
    off = {"down_payment_percent": "25", "down_payment_enabled": False, "n_instalments": 1}
    assert outcome(drawn(), rows(DRAW, {"principal": "100"}), **off) == "R pass"


def test_multiples_do_not_apply_to_equal_principal_under_a_flat_rate_either():
    """100 ÷ 3 = 33.33, 33.33 and 33.34 with 1 of interest each; only the down payment would be a whole number."""
    flat = {"interest_type": "FLAT", "n_instalments": 3, "instalment_in_multiples_of": "1"}
    expected = rows(DRAW, {"principal": "33.33", "interest": "1"}, {"principal": "33.33"}, {"principal": "33.34"})
    assert outcome(drawn(), expected, amortization="EQUAL_PRINCIPAL", **flat) == "R pass"
    whole = rows(DRAW, {"principal": "33", "due": "34"}, {"principal": "33"}, {"principal": "34", "due": "35"})
    assert outcome(drawn(), whole, **flat) == "R pass"


def test_an_instalment_paid_early_but_for_a_cent_stays_at_its_regular_amount():
    """Of 17.01 due on 1 February, 17.00 came on 1 January, the day of the draw: no interest is taken yet. The
    whole period's interest on 83.00, 0.48, finds no room in the cent that is left: the instalment stays at
    17.01, all of it principal, and the next one takes 0.48 + 0.48 on 82.99."""
    expected = rows(
        DRAW,
        {"principal": "17.01", "interest": "0", "paid": "17", "outstanding": "0.01"},
        {"principal": "16.05", "interest": "0.96", "due": "17.01"},
        *({} for _ in range(4)),
    )
    steps = (today("2024-01-01"), drawn(on="2024-01-01"), paid("17.00", "2024-01-01"), expected)
    changes = {"submitted_on": "2024-01-01", "annual_rate_percent": "7", "n_instalments": 6}
    assert outcome(*steps, interest_recalculation=True, **changes) == "R pass"


def test_a_chargeback_is_told_less_what_a_held_overpayment_paid_of_it():
    """100 owed, 130 paid: 30 are held. Of 50 taken back the 30 pay at once, and 20 are owed again."""
    steps = (today("2024-11-15"), drawn(), today("2024-12-10"), paid("130", "2024-12-10"))
    back = {"do": "chargeback", "amount": "50", "payment_nr": 1}
    draw, payment = {"date": "2024-11-15", "type": "Disbursement"}, {"date": "2024-12-10", "type": "Repayment"}
    told = {"date": "2024-12-10", "type": "Chargeback", "amount": "50", "principal": "20", "overpayment": "30"}
    expected = [
        {"expect": "transactions", "rows": [draw, payment, {**told, "loan_balance": "20"}]},
        rows(DRAW, {"principal": "150", "paid": "130", "outstanding": "20"}),
    ]
    assert outcome(*steps, back, *expected, annual_rate_percent="0", n_instalments=1) == "R pass"


def test_interest_to_the_due_day_begins_with_the_period():
    """Paid on the day of the draw, an instalment has no interest, also where early money owes it to the due day."""
    expected = rows(DRAW, {"principal": "25.63", "interest": "0"}, {}, {}, {})
    steps = (today("2024-11-15"), drawn(), paid("25.63", "2024-11-15"), expected)
    changes = {"interest_recalculation": True, "pre_closure_interest": "TILL_REST_FREQUENCY_DATE"}
    assert outcome(*steps, **changes) == "R pass"


def test_pauses_do_not_change_the_equal_instalment_of_an_increased_order():
    """75.37 left and 100 more over three months at 1 %: 175.37 ÷ 2.94099 = 59.63, with a pause in January or not."""
    steps = (today("2024-11-15"), drawn(), today("2024-12-15"), paid("25.63", "2024-12-15"))
    pause = {"do": "interest_pause", "start": "2025-01-01", "end": "2025-01-31"}
    more = drawn(on="2024-12-15")
    due = rows(DRAW, {"due": "25.63"}, DRAW, {"due": "59.63"}, {"due": "59.63"}, {})
    changes = {"principal": "200", "interest_recalculation": True}
    assert outcome(*steps, more, due, **changes) == "R pass"
    assert outcome(*steps, pause, more, due, **changes) == "R pass"


def test_a_loan_whose_only_draw_is_undone_is_approved_as_before():
    """Nothing is drawn any more: the plan is again that of the approved limit."""
    steps = (today("2024-11-15"), {"do": "approve", "date": "2024-11-15", "amount": "100"}, drawn("60"))
    undo = {"do": "undo_nth_transaction", "n": 1, "made_on": "2024-11-15"}
    expected = [{"expect": "status", "value": "APPROVED"}, rows({"row_kind": "disbursement", "balance": "100"}, {})]
    assert outcome(*steps, undo, *expected, n_instalments=1) == "R pass"


def test_re_ageing_takes_the_running_interest_also_where_its_instalment_was_settled_early():
    """The first instalment of 25.63 paid on the day of the draw leaves 74.37. The running month costs 1 %, 0.74, of
    which 15 of 30 days are over on the re-age day: 0.37 is old interest, and the half period of the new row costs
    74.37 × 1 % × 15/30 = 0.37 again."""
    steps = (today("2024-11-15"), drawn(), paid("25.63", "2024-11-15"), today("2024-11-30"))
    again = {"do": "re_age", "startDate": "2024-12-15", "numberOfInstallments": 1, "frequencyNumber": 1}
    expected = rows(DRAW, {"principal": "25.63", "interest": "0"}, {"principal": "74.37", "interest": "0.74"})
    re_age = {**again, "frequencyType": "MONTHS", "reAgeInterestHandling": "DEFAULT"}
    assert outcome(*steps, re_age, expected, interest_recalculation=True) == "R pass"
