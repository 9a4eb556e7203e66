"""The bureau is told of loans: borrowers first, then records by month, then files, none of it twice."""

from collections.abc import Sequence

import structlog

from fenqi.batch.close_day import FAILURES
from fenqi.core.dates.business_day import late_before
from fenqi.services.report_credit import file_content, foretell, hear_of_file, make_file, make_records
from fenqi.stores import credit_report as reports
from fenqi.stores.credit_report import LateLoan, StoredFile, UnmadeMonth
from fenqi.wiring import Installation

_log = structlog.get_logger()


async def foretell_reports(installation: Installation, *, lane: Sequence[int]) -> int:
    """Tell whoever is late that it will be reported, once for each unpaid due day; how many were told."""
    on = late_before(installation.ports.business.today())
    async with installation.reading() as connection:
        found = await reports.to_foretell(connection, lane=lane, late_before=on)
    return sum([await _is_foretold(installation, late) for late in found])


async def report_credit(installation: Installation, *, lane: Sequence[int]) -> int:
    """Make the records of months that are graded, write a file down, send what is not sent; how much was done.

    Killed at any instant: a bucket's month is made or it is not; a file that was written down is asked for at the
    bureau before it is sent again.
    """
    async with installation.reading() as connection:
        waiting = await reports.to_make(connection, lane=lane)
    made = sum([await _is_made(installation, month) for month in waiting])
    reporting = installation.credit_reporting
    async with installation.transaction() as connection:
        await make_file(connection, installation.ports, bureau=reporting.name, is_stand_in=reporting.is_stand_in)
    return made + await send_files(installation)


async def send_files(installation: Installation) -> int:
    """Send every file that was written down and that the bureau has not answered; how many it answered."""
    async with installation.reading() as connection:
        unsent = await reports.unsent(connection)
    return sum([await _is_sent(installation, file) for file in unsent])


async def _is_foretold(installation: Installation, late: LateLoan) -> bool:
    try:
        async with installation.transaction() as connection:
            return await foretell(connection, installation.ports, late)
    except FAILURES as failure:
        _log.warning("report not foretold", loan_id=str(late.loan_id), what=str(failure))
        return False


async def _is_made(installation: Installation, month: UnmadeMonth) -> bool:
    """A bucket that fails is told, and tried again the next time; the others do not wait for it."""
    try:
        async with installation.transaction() as connection:
            return bool(await make_records(connection, installation.ports, b=month.b, month_on=month.month_on))
    except FAILURES as failure:
        _log.warning("credit records not made", bucket=month.b, month_on=month.month_on.isoformat(), what=str(failure))
        return False


async def _is_sent(installation: Installation, file: StoredFile) -> bool:
    """Ask for a file first, send it if it is not there; what the bureau rejects of it is kept for the desk."""
    reporting = installation.credit_reporting
    try:
        receipt = await reporting.find(file.file_id)
        if receipt is None:
            async with installation.reading() as connection:
                content = await file_content(connection, installation.ports, file)
            receipt = await reporting.submit(content)
    except FAILURES as failure:
        _log.warning("credit file not sent", file_id=str(file.file_id), what=str(failure))
        return False
    async with installation.transaction() as connection:
        await hear_of_file(connection, installation.ports, file, receipt)
    return True
