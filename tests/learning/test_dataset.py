"""Where data sets are looked for, and what is kept."""

import pytest

from fenqi.learning.contract import DatasetAltered
from fenqi.learning.dataset import CACHE, DatasetAbsent, DatasetUnknown, folders_of, keep, locate, places
from fenqi.settings import load_settings


def test_the_folder_that_the_user_names_is_looked_at_before_the_cache(tmp_path):
    assert folders_of(load_settings({"FENQI_DATA": str(tmp_path)})) == (tmp_path, CACHE)
    assert folders_of(load_settings({})) == (CACHE,)


def test_the_first_folder_that_has_it_gives_it(tmp_path):
    folders = (tmp_path / "named", tmp_path / "cache")
    for folder in folders[1:]:
        place = places("taiwan", folders=(folder,))[0]
        place.parent.mkdir(parents=True)
        place.touch()
    assert locate("taiwan", folders=folders) == tmp_path / "cache" / "taiwan" / "UCI_Credit_Card.csv"


def test_an_absent_data_set_says_where_it_was_sought_and_how_to_get_it(tmp_path):
    with pytest.raises(DatasetAbsent) as refused:
        locate("taiwan", folders=(tmp_path,))
    assert str(tmp_path) in refused.value.what
    assert "data fetch taiwan" in refused.value.allowed


def test_an_unknown_name_is_refused(tmp_path):
    with pytest.raises(DatasetUnknown):
        locate("../secrets", folders=(tmp_path,))


def test_a_file_that_breaks_the_contract_is_not_kept(tmp_path):
    with pytest.raises(DatasetAltered):
        keep("taiwan", b"ID\n1\n", folder=tmp_path)
    assert list(tmp_path.rglob("*")) == []


def test_a_file_that_holds_is_kept_whole(tmp_path, taiwan_file):
    place = keep("taiwan", taiwan_file.read_bytes(), folder=tmp_path)
    assert place.read_bytes() == taiwan_file.read_bytes()
    assert [found.name for found in place.parent.iterdir()] == ["UCI_Credit_Card.csv"]
