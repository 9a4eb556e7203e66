"""`fenqi strategy`: show a strategy, hold it to the reference engine, tell versions apart, and let one decide."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from fenqi.cli.console import say, write_json, write_table
from fenqi.cli.exit_code import ExitCode
from fenqi.cli.strategy_desk import approve, halt, list_all, propose, resume
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.strategy.change import changes
from fenqi.core.strategy.graph import read_graph
from fenqi.core.strategy.oracle import INPUTS_MIN, require_equal
from fenqi.core.strategy.plan import plan_of

app = typer.Typer(no_args_is_help=True)
_File = Annotated[Path, typer.Argument(metavar="FILE", help="A JDM graph, as strategies/demo.jdm.json.")]
_Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]

for _name, _command in (
    ("propose", propose),
    ("approve", approve),
    ("list", list_all),
    ("halt", halt),
    ("resume", resume),
):
    app.command(_name)(_command)


class StrategyFileUnknown(Refusal):
    """There is no such file."""

    code = "strategy_file_unknown"
    kind = Kind.UNKNOWN


@app.command()
def show(file: _File, *, json: _Json = False) -> None:
    """Show a strategy's version, nodes, inputs and outputs; a graph that does not hold is refused."""
    plan = plan_of(read_graph(_text(file)))
    kinds = Counter(type(step.node.content).__name__.lower() for step in plan.steps)
    inputs, outputs = ([field.name for field in ends] for ends in (plan.graph.inputs, plan.graph.outputs))
    if json:
        write_json({"version": plan.version, "nodes": dict(kinds), "inputs": inputs, "outputs": outputs})
        return
    say(f"version {plan.version}")
    rows = [(step.node.name, type(step.node.content).__name__.lower()) for step in plan.steps]
    write_table(("node", "kind"), rows)
    say("inputs: " + ", ".join(inputs))
    say("outputs: " + ", ".join(outputs))


@app.command()
def check(
    file: _File,
    *,
    inputs: Annotated[int, typer.Option(help="How many inputs are made up.", min=1)] = INPUTS_MIN,
    json: _Json = False,
) -> None:
    """Prove a strategy, and hold its compiled forms to zen-engine; a difference is refused (exit code 4)."""
    text = _text(file)
    plan = plan_of(read_graph(text))
    require_equal(plan, text, count=inputs)
    if json:
        write_json({"version": plan.version, "inputs": inputs, "differences": 0})
    else:
        say(f"version {plan.version}: {inputs:,} inputs, no difference")


@app.command()
def diff(before: _File, after: _File, *, json: _Json = False) -> ExitCode:
    """Say what changed from one version to another; exit code 3 if nothing did."""
    found = changes(_text(before), _text(after))
    if json:
        write_json({"changes": [one.en for one in found]})
    else:
        for line in [one.en for one in found] or ["nothing changed"]:
            say(line)
    return ExitCode.DONE if found else ExitCode.NOTHING_TO_CHECK


def _text(file: Path) -> bytes:
    if not file.is_file():
        raise StrategyFileUnknown(f"there is no file {file}", allowed="a file that can be read")
    return file.read_bytes()
