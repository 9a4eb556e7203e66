"""Nothing reaches a customer but through the one door, and the one-time codes."""

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "fenqi"
DOORS = {
    r"notice\.send\(": {"api/h5/checkout.py", "batch/send_notice.py"},
    r"insert into contact \(": {"stores/contact.sql"},
    r"\bcontacts\.add\(": {"services/start_contact.py"},
    r"import .*\bstart_contacts?\b": {
        "api/console_contact.py",
        "batch/send_notice.py",
        "services/call_about_warning.py",
        "services/contact_in_case.py",
    },
}
"""What brings a message out of the house, and who may: codes have limits of their own, `services/send_code.py`."""


def test_messages_leave_by_the_known_doors_only():
    for pattern, doors in DOORS.items():
        found = {
            path.relative_to(SOURCE).as_posix()
            for path in SOURCE.rglob("*")
            if path.suffix in {".py", ".sql"} and re.search(pattern, path.read_text(encoding="utf-8"))
        }
        assert found == doors, pattern
