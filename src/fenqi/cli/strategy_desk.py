"""What a member of staff does with strategies from a terminal: what the console does, by the same requests."""

import os
from pathlib import Path
from typing import Annotated, Any, ClassVar

import httpx
import typer

from fenqi.cli.console import say, write_json, write_table
from fenqi.cli.running import running_in
from fenqi.core.decision.line_up import Role
from fenqi.core.refusal import Kind, Refusal, Unavailable
from fenqi.settings import load_settings

PASSWORD = "FENQI_STAFF_PASSWORD"  # noqa: S105 the name of a variable, not what is in it
_SHOWN = 12
_KINDS = {400: Kind.BAD_INPUT, 404: Kind.UNKNOWN}

Login = Annotated[str, typer.Option(help=f"Your login; the password is asked for, or taken from {PASSWORD}.")]
Reason = Annotated[str, typer.Option(help="Why; it is kept in the audit trail.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]


class ServiceRefused(Refusal):
    """The running service refused what was asked of it; its code stands before what it says."""

    code: ClassVar[str] = "service_refused"
    kind: ClassVar[Kind] = Kind.RULE


class ServiceRefusedInput(ServiceRefused):
    """The running service cannot read what was asked, or knows nothing of the name."""

    code: ClassVar[str] = "service_refused_input"
    kind: ClassVar[Kind] = Kind.BAD_INPUT


class Desk:
    """A member of staff at the running service."""

    def __init__(self, login: str) -> None:
        """Raises: Unavailable if no service runs; ServiceRefused if the login is not theirs."""
        running = running_in(load_settings(os.environ).home)
        if running is None:
            raise Unavailable("no service runs here", retry=False)
        password = os.environ.get(PASSWORD) or typer.prompt("password", hide_input=True, err=True)
        self._http = httpx.Client(base_url=running.address, timeout=60, trust_env=False)
        session = self.ask("POST", "/staff/session", {"login": login, "password": password})
        self._http.headers["authorization"] = f"Bearer {session['token']}"

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """What the service answers.

        Raises: ServiceRefused, ServiceRefusedInput, Unavailable.
        """
        try:
            response = self._http.request(method, path, json=body)
            answer: dict[str, Any] = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Unavailable(f"the service does not answer: {error}", retry=True) from error
        if response.is_success:
            return answer
        no = answer["refusal"]
        refused = ServiceRefusedInput if response.status_code in _KINDS else ServiceRefused
        raise refused(f"{no['code']}: {no['what']}", allowed=no["allowed"], source=no["source"])


def propose(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A JDM graph, or `-` for a version that is there.")],
    *,
    login: Login,
    reason: Reason,
    role: Annotated[Role, typer.Option("--as", help="What it is to be used for.")] = Role.CHAMPION,
    share: Annotated[int, typer.Option(help="Of a thousand customers, for a challenger.", min=0, max=500)] = 0,
    version: Annotated[str, typer.Option(help="The version, where the file is `-`.")] = "",
    from_at: Annotated[str, typer.Option("--from", help="The instant, as 2026-12-01T00:00:00+08:00.")] = "",
    json: Json = False,
) -> None:
    """Propose a strategy and what it is used for; somebody else approves it."""
    desk = Desk(login)
    if str(file) != "-":
        version = desk.ask("POST", "/staff/strategies", _new(file, reason))["version"]
    use = {"role": role, "share_permille": share, "reason": reason} | ({"from_at": from_at} if from_at else {})
    proposed = desk.ask("POST", f"/staff/strategies/{version}/uses", use)
    if json:
        write_json(proposed)
    else:
        say(f"version {version}")
        say(f"use {proposed['use_id']}: it is in force once somebody else approves it")


def approve(
    use_id: Annotated[str, typer.Argument(metavar="USE", help="The id of the proposed use.")],
    *,
    login: Login,
    reason: Reason,
    reject: Annotated[bool, typer.Option("--reject", help="Reject it instead.")] = False,
    json: Json = False,
) -> None:
    """Approve what somebody else proposed, or reject it."""
    body = {"is_approved": not reject, "reason": reason}
    answered = Desk(login).ask("POST", f"/staff/strategy-uses/{use_id}/answer", body)
    if json:
        write_json(answered)
    else:
        say(f"{'rejected' if reject else 'approved'}: {answered['role']} {answered['version']}")


def list_all(*, login: Login, json: Json = False) -> None:
    """List who decides now, every version and what waits for an answer."""
    found = Desk(login).ask("GET", "/staff/strategies")
    if json:
        write_json(found)
        return
    if found["is_halted"]:
        say("deciding is halted: everything is referred")
    rows = [
        (one["version"][:_SHOWN], one["name"], one["role"] or "", _check(one), one["proposed_by"])
        for one in found["versions"]
    ]
    write_table(("version", "name", "role", "engine", "proposed by"), rows)
    waiting = [use for use in found["uses"] if use["is_approved"] is None]
    for use in waiting:
        say(f"waits: {use['role']} {use['version'][:_SHOWN]} by {use['proposed_by']}, use {use['use_id']}")


def halt(*, login: Login, reason: Reason, json: Json = False) -> None:
    """Stop all deciding in one step: from now on everything is referred to people."""
    halted = Desk(login).ask("POST", "/staff/halts", {"reason": reason})
    if json:
        write_json(halted)
    else:
        say(f"halted; halt {halted['halt_id']} ends when two people say so")


def resume(
    *,
    login: Login,
    reason: Annotated[str, typer.Option(help="Why deciding may go on; the second person need not say.")] = "",
    json: Json = False,
) -> None:
    """Ask that the halt end; by the second person, end it."""
    desk = Desk(login)
    running = [one for one in desk.ask("GET", "/staff/strategies")["halts"] if one["ended_at"] is None]
    if not running:
        raise ServiceRefusedInput("deciding is not halted", allowed="nothing to end")
    path = f"/staff/halts/{running[0]['halt_id']}"
    is_second = running[0]["asked_by"] is not None
    ended = desk.ask("POST", f"{path}/approval") if is_second else desk.ask("POST", f"{path}/end", {"reason": reason})
    if json:
        write_json(ended)
    else:
        say("the strategies decide again" if is_second else "asked; it ends when somebody else says so too")


def _new(file: Path, reason: str) -> dict[str, str]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ServiceRefusedInput(f"{file} cannot be read: {error}", allowed="a JDM graph") from error
    return {"name": file.name.split(".")[0], "text": text, "remark": reason}


def _check(one: dict[str, Any]) -> str:
    if one["difference"] is None:
        return "being asked"
    return "differs" if one["difference"] else f"equal on {one['input_count']:,}"
