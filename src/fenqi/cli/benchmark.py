"""What a benchmark is: cases with a rival and an aim, and how each is measured."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, ClassVar, cast

from fenqi.cli.console import note
from fenqi.cli.environment import CannotInstall, environment, newest_python
from fenqi.core.refusal import Broken, Kind, Refusal

PROJECT = Path(__file__).resolve().parents[3]
FOLDER = PROJECT / "benchmarks"


class BenchmarkUnknown(Refusal):
    """There is no benchmark, or no case of it, with this name."""

    code: ClassVar[str] = "benchmark_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What a case came to, in its unit; a rival that could not be measured has None.

    `also` holds further figures of the product's own, by name with the unit last.
    """

    value: float
    rivals: Mapping[str, float | None]
    also: Mapping[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, kw_only=True)
class Case:
    """One thing that is measured: `rival` is the one that the aim names, value ÷ rival being at most the aim.

    Where more is better, `is_floor`, it is at least the aim.
    """

    name: str
    summary: str
    unit: str
    rival: str
    aim: float
    measure: Callable[[], Measured]
    is_floor: bool = False


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """A file of `benchmarks/`, which calls it BENCHMARK."""

    name: str
    summary: str
    cases: tuple[Case, ...]

    def chosen(self, case: str | None) -> tuple[Case, ...]:
        """All cases, or the one of a name.

        Raises: BenchmarkUnknown.
        """
        found = tuple(one for one in self.cases if case in (None, one.name))
        if not found:
            names = ", ".join(one.name for one in self.cases)
            raise BenchmarkUnknown(f"benchmark {self.name} has no case {case}", allowed=names)
        return found


def benchmark_names() -> tuple[str, ...]:
    """Every benchmark that there is."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.py")))


def load_benchmark(name: str) -> Benchmark:
    """Read a benchmark from its file.

    Raises: BenchmarkUnknown.
    """
    if name not in benchmark_names():
        raise BenchmarkUnknown(f"there is no benchmark {name}", allowed=", ".join(benchmark_names()))
    spec = spec_from_file_location(f"benchmark_{name}", FOLDER / f"{name}.py")
    if spec is None or spec.loader is None:
        raise Broken(f"benchmark {name} cannot be loaded")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("Benchmark", module.BENCHMARK)


def rival_python(name: str, *, at_least: tuple[int, int] | None = None) -> Path | None:
    """The Python of the environment that holds a benchmark's rivals, `benchmarks/<name>.lock`; None without them.

    Rivals may need a newer Python than the one that runs here; it is looked for by name, and where pyenv keeps them.
    """
    try:
        base = None if at_least is None else newest_python(at_least)
        return environment(f"bench-{name}", FOLDER / f"{name}.lock", project=PROJECT, base=base)
    except (CannotInstall, OSError) as error:
        note(f"rivals cannot be installed and are not measured: {error}")
        return None


def run_json(python: Path | str, *arguments: str, folder: Path, timeout_seconds: float) -> dict[str, Any]:
    """What a script prints as JSON, run by some Python in a folder, with the product on its path.

    Raises: Broken if it fails.
    """
    settings = os.environ | {"PYTHONPATH": str(PROJECT / "src"), "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        [str(python), *arguments],
        cwd=folder,
        env=settings,
        check=False,
        capture_output=True,
        text=True,
        timeout=timeout_seconds,
    )
    if done.returncode:
        raise Broken(f"{' '.join(arguments)} failed: {done.stderr.strip().splitlines()[-1:]}")
    return cast("dict[str, Any]", json.loads(done.stdout))


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load_before": round(os.getloadavg()[0], 2),
    }


def _cpu() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor())


def this_python() -> str:
    """The Python that runs the product."""
    return sys.executable
