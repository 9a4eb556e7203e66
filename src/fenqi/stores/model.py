"""The trained scores that come with the program."""

import json
from pathlib import Path
from typing import Any

from fenqi.core.decision.scorecard import Scorecard
from fenqi.core.decision.trees import Booster

MODELS = Path(__file__).resolve().parents[3] / "models"


def model_path(name: str) -> Path:
    """Where a shipped score lies."""
    return MODELS / f"{name}.json"


def load_artefact(name: str = "behaviour") -> dict[str, Any]:
    """Read a shipped score's file: the card, and how it was trained and measured."""
    return json.loads(model_path(name).read_bytes())


def load_scorecard(name: str = "behaviour") -> Scorecard:
    """Compile a shipped score.

    Raises: ArtefactHashMismatch if the file was altered; ArtefactUnreadable.
    """
    return Scorecard.from_artefact(load_artefact(name))


def load_booster(name: str = "fraud") -> Booster:
    """Compile a shipped booster.

    Raises: ArtefactHashMismatch, naming it, if the file was altered; ArtefactUnreadable.
    """
    return Booster.from_artefact(load_artefact(name))
