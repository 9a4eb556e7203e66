"""`fenqi config`: every setting, its value and where it came from."""

import os
from typing import Annotated

import typer

from fenqi.cli.console import write_json, write_table
from fenqi.settings import describe, load_settings


def command(*, json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False) -> None:
    """Show every setting; of a secret only whether it is set."""
    shown = describe(load_settings(os.environ))
    if json:
        write_json(
            {each.name: {"value": each.value, "origin": each.origin, "variable": each.variable} for each in shown}
        )
        return
    heads = ("setting", "value", "from", "variable")
    write_table(heads, [(each.name, each.value, each.origin, each.variable) for each in shown])
