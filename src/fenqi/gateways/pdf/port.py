"""How a sheet becomes a file to download."""

from typing import Protocol

from fenqi.core.compliance.statement import Sheet


class PdfWriter(Protocol):
    """Sets Chinese and Latin text with a font that the file carries; the same sheet always gives the same bytes."""

    def write(self, sheet: Sheet) -> bytes:
        """The sheet as PDF."""
        ...
