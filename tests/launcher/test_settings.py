"""A setting has a value and says where it came from."""

import pytest

from fenqi.settings import BadSetting, Origin, describe, load_settings


@pytest.fixture
def home(tmp_path):
    return {"FENQI_HOME": str(tmp_path)}


def test_a_setting_nobody_gave_has_its_default(home):
    settings = load_settings(home)

    assert (settings.port, settings.dsn, settings.production) == (8420, "", False)
    assert settings.origins.get("port", Origin.DEFAULT) is Origin.DEFAULT


def test_the_environment_goes_before_the_file(home, tmp_path):
    (tmp_path / "fenqi.toml").write_text("port = 9000\nproduction = true\n")

    settings = load_settings(home | {"FENQI_PORT": "9001"})

    assert (settings.port, settings.origins["port"]) == (9001, Origin.ENVIRONMENT)
    assert (settings.production, settings.origins["production"]) == (True, Origin.FILE)


def test_the_command_line_goes_before_everything_else(home):
    settings = load_settings(home | {"FENQI_PORT": "9001"}).given(port=9002, production=None)

    assert (settings.port, settings.origins["port"]) == (9002, Origin.OPTION)
    assert "production" not in settings.origins


@pytest.mark.parametrize("port", ["0", "65536", "-1", "８４２０", "eighty", "1e3"])
def test_refuses_a_port_that_is_none(home, port):
    with pytest.raises(BadSetting) as refused:
        load_settings(home | {"FENQI_PORT": port})

    assert refused.value.allowed == "1 to 65535"


@pytest.mark.parametrize("text", ["colour = 'red'", "port = ", "home = '/elsewhere'"])
def test_refuses_a_file_it_cannot_read_in_full(home, tmp_path, text):
    (tmp_path / "fenqi.toml").write_text(text)

    with pytest.raises(BadSetting):
        load_settings(home)


def test_describes_every_setting_and_shows_no_secret(home):
    shown = {each.name: each for each in describe(load_settings(home | {"FENQI_DSN": "postgresql://u:hidden@h/d"}))}

    assert set(shown) == {"home", "port", "dsn", "feature_store", "data", "production"}
    assert (shown["dsn"].value, shown["dsn"].origin) == ("(set)", Origin.ENVIRONMENT)
    assert "hidden" not in str(shown)
