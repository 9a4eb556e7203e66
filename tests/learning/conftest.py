"""The Taiwan customers, where they are at hand."""

import os

import pytest

from fenqi.learning.dataset import DatasetAbsent, folders_of, locate
from fenqi.learning.taiwan import read
from fenqi.settings import load_settings


@pytest.fixture(scope="session")
def taiwan_file():
    try:
        return locate("taiwan", folders=folders_of(load_settings(os.environ)))
    except DatasetAbsent as absent:
        pytest.skip(f"needs real data: {absent.what}")


@pytest.fixture(scope="session")
def taiwan(taiwan_file):
    return read(taiwan_file.read_bytes())
