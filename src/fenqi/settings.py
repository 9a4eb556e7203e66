"""Every setting of an installation: its value, and where it came from.

A setting is looked for in the environment (`FENQI_<NAME>`), then in `fenqi.toml` in the home, then has its default.
`home` itself is where that file lies, so it comes from the environment or its default only.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from fenqi.core.refusal import Refusal

PROJECT = Path(__file__).resolve().parents[2]


class BadSetting(Refusal):
    """A setting has a value that it cannot have, or the file names one that does not exist."""

    code = "bad_setting"


class Origin(StrEnum):
    """Where the value of a setting came from."""

    DEFAULT = "default"
    """Nobody said anything."""
    FILE = "file"
    """It stands in `fenqi.toml` in the home."""
    ENVIRONMENT = "environment"
    """A variable `FENQI_<NAME>` is set."""
    OPTION = "option"
    """It was given on the command line."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one installation; an empty `dsn` means the embedded PostgreSQL."""

    home: Path
    """Folder of everything that this installation keeps: database, keys, logins, logs."""
    port: int = 8420
    """Port on the loopback address where the service answers."""
    dsn: str = field(default="", metadata={"secret": True})
    """PostgreSQL 17 or newer to use instead of the embedded one."""
    feature_store: str = field(default="", metadata={"secret": True})
    """Redis or Valkey server that counts what orders are judged by, instead of every process for itself."""
    data: Path
    """Folder of data sets."""
    production: bool = False
    """Refuse stand-ins for the outside world, and demo logins."""
    origins: Mapping[str, Origin] = field(default_factory=dict[str, Origin], metadata={"setting": False})

    def given(self, **options: Any) -> "Settings":
        """These settings with what the command line says on top; an option that is None was not given."""
        said = {name: value for name, value in options.items() if value is not None}
        return replace(self, **said, origins={**self.origins, **dict.fromkeys(said, Origin.OPTION)})


@dataclass(frozen=True, kw_only=True)
class Described:
    """One setting as it is shown to people."""

    name: str
    value: str
    origin: Origin
    variable: str


def load_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings that an environment and the file in its home give.

    Raises: BadSetting.
    """
    home = Path(environment.get("FENQI_HOME") or PROJECT / ".fenqi" / "home").expanduser().absolute()
    said: dict[str, tuple[Any, Origin]] = {
        "home": (home, Origin.ENVIRONMENT if environment.get("FENQI_HOME") else Origin.DEFAULT),
        "data": (user_cache_path("fenqi") / "data", Origin.DEFAULT),
    }
    said |= {name: (value, Origin.FILE) for name, value in _from_file(home / "fenqi.toml").items()}
    for name in _READERS:
        if text := environment.get(f"FENQI_{name.upper()}"):
            said[name] = (_READERS[name](name, text), Origin.ENVIRONMENT)
    return Settings(
        **{name: value for name, (value, _) in said.items()},
        origins={name: origin for name, (_, origin) in said.items()},
    )


def describe(settings: Settings) -> tuple[Described, ...]:
    """Every setting with its origin; of a secret only whether it is set."""
    shown: list[Described] = []
    for name, spec in Settings.__dataclass_fields__.items():
        if not spec.metadata.get("setting", True):
            continue
        value = getattr(settings, name)
        text = ("(set)" if value else "") if spec.metadata.get("secret") else str(value)
        origin = settings.origins.get(name, Origin.DEFAULT)
        shown.append(Described(name=name, value=text, origin=origin, variable=f"FENQI_{name.upper()}"))
    return tuple(shown)


def _from_file(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text())
    except (FileNotFoundError, PermissionError):
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{path} is not TOML: {error}") from error
    unknown = sorted(set(table) - set(_READERS))
    if unknown:
        raise BadSetting(f"{path} sets {', '.join(unknown)}", allowed=", ".join(_READERS))
    return {name: _READERS[name](name, str(value)) for name, value in table.items()}


def _port(name: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= 65535:
        raise BadSetting(f"{name} is {text!r}", allowed="1 to 65535")
    return int(text)


def _truth(name: str, text: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if text.lower() not in words:
        raise BadSetting(f"{name} is {text!r}", allowed="true or false")
    return words[text.lower()]


def _folder(name: str, text: str) -> Path:
    if not text.strip():
        raise BadSetting(f"{name} is empty", allowed="a folder")
    return Path(text).expanduser().absolute()


def _text(name: str, text: str) -> str:
    if "\0" in text:
        raise BadSetting(f"{name} holds a null character", allowed="text")
    return text


def _feature_store(name: str, text: str) -> str:
    if not text.removeprefix("cluster+").startswith(("redis://", "rediss://", "valkey://", "valkeys://", "unix://")):
        raise BadSetting(f"{name} is no address of a server", allowed="redis://, rediss://, unix://, cluster+redis://")
    return _text(name, text)


_READERS = {"port": _port, "dsn": _text, "feature_store": _feature_store, "data": _folder, "production": _truth}
