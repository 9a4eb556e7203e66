"""PDF by fpdf2, with the part of Noto Sans SC that the sheet uses inside the file."""

from datetime import UTC, datetime, time
from pathlib import Path

from fenqi.core.compliance.statement import Sheet

_FONT = Path(__file__).with_name("fenqi_sans_sc.otf")
_TITLE_SIZE, _TEXT_SIZE, _TABLE_SIZE, _LINE = 18, 10, 8, 7


class FpdfWriter:
    """Sheets of A4."""

    def write(self, sheet: Sheet) -> bytes:
        """The sheet as PDF; the library is loaded with the first one, since few processes ever need it."""
        from fpdf import FPDF
        from fpdf.fonts import FontFace

        page = FPDF(format="A4")
        page.set_creation_date(datetime.combine(sheet.made_on, time.min, tzinfo=UTC))
        page.set_title(sheet.title)
        page.add_font("sc", fname=str(_FONT))
        page.add_page()
        page.set_font("sc", size=_TITLE_SIZE)
        page.cell(0, _LINE * 2, sheet.title, new_x="LMARGIN", new_y="NEXT")
        page.set_font("sc", size=_TEXT_SIZE)
        for line in sheet.above:
            page.multi_cell(0, _LINE, line, new_x="LMARGIN", new_y="NEXT")
        page.set_font("sc", size=_TABLE_SIZE)
        aligned = tuple("LEFT" if at in sheet.text_columns else "RIGHT" for at in range(len(sheet.head)))
        with page.table(headings_style=FontFace(emphasis=""), text_align=aligned) as table:
            for cells in (sheet.head, *sheet.rows):
                table.row(cells)
        page.set_font("sc", size=_TEXT_SIZE)
        for line in sheet.below:
            page.multi_cell(0, _LINE, line, new_x="LMARGIN", new_y="NEXT")
        return bytes(page.output())
