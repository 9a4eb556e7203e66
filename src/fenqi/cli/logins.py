"""Who can log in to a demo's world: random passwords, kept beside its database for its owner alone."""

import json
from pathlib import Path

from fenqi.cli.home import write_secret
from fenqi.services.install import NewSecrets

LOGINS = "demo-logins.json"


def keep_logins(home: Path, made: NewSecrets) -> dict[str, str]:
    """Add what was made to the file of a home; everything that is in it.

    Called before the commit: a password that is written and then not kept does no harm, the reverse locks out.
    """
    file = home / LOGINS
    known: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    known |= {login.login: login.password for login in made.logins}
    if made.api_key:
        known["merchant api key"] = made.api_key
    write_secret(file, json.dumps(known, indent=2))
    return known
