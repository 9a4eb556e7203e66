"""The trained artefact: the same data gives the same bytes, and the bytes say what they are."""

import json
from dataclasses import replace

import pytest

from fenqi.core.decision.scorecard import Scorecard
from fenqi.learning.artefact import render, train
from fenqi.learning.verify import verify
from fenqi.simulation.population import generate_customers
from fenqi.stores.model import load_artefact, model_path


@pytest.fixture(scope="module")
def generated():
    return generate_customers(6_000, seed=9)


@pytest.fixture(scope="module")
def trained(generated):
    return train(generated)


def test_training_again_gives_the_same_bytes(generated, trained):
    assert render(train(generated)) == render(trained)


def test_training_does_not_depend_on_the_order_of_the_customers(generated, trained):
    assert train(generated[::-1])["characteristics"] == trained["characteristics"]


def test_training_never_looks_at_the_hold_out(generated, trained):
    spoiled = [
        replace(customer, defaulted_in_october=not customer.is_bad) if customer.is_held_out else customer
        for customer in generated
    ]
    again = train(spoiled)
    assert again["characteristics"] == trained["characteristics"]
    assert again["risk"] == trained["risk"]
    assert again["metrics"]["hold_out"] != trained["metrics"]["hold_out"]


def test_what_is_written_reads_back_as_the_card(trained):
    card = Scorecard.from_artefact(json.loads(render(trained)))
    assert card.version == trained["version"]


def test_the_shipped_file_is_what_training_writes(taiwan):
    assert render(train(taiwan)) == model_path("behaviour").read_bytes()


def test_the_shipped_score_keeps_its_claims(taiwan):
    checks, found = verify(load_artefact(), taiwan)
    assert [check.claim for check in checks if not check.holds] == []
    assert found["auc"]["value"] >= 0.75


def test_the_shipped_file_says_how_well_it_ranks():
    artefact = load_artefact()
    assert artefact["metrics"]["cross_validation"]["auc"]["value"] >= 0.75
    assert render(artefact) == model_path("behaviour").read_bytes()
