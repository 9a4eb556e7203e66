"""Warnings as tests raise them: by a ladder of their own, after debits that failed."""

from collections.abc import Sequence
from dataclasses import replace

from fenqi.batch.warn_due import warn_due
from fenqi.core.warning.strategy import Action, Step, WarningStrategy
from fenqi.gateways.payment.stand_in_conduct import DECLINED
from fenqi.stores.shipped_warning import warning_strategies
from paying import channel_of
from world import EVERY_BUCKET, Bought, World


def judge_by(world: World, *, held_out_permille: int, actions: Sequence[Action] = tuple(Action)) -> WarningStrategy:
    """Let warnings be judged by the strategy that ships, with these steps of it and this hold-out.

    Left with one step alone, it is due at once.
    """
    shipped = warning_strategies()[-1]
    ladder = tuple(
        replace(step, hold_out_permille=held_out_permille) for step in shipped.ladder if step.action in actions
    )
    if len(ladder) == 1:
        ladder = (Step(action=ladder[0].action, points_min=15, after_days=0, hold_out_permille=held_out_permille),)
    strategy = replace(shipped, ladder=ladder, version=f"{held_out_permille:064}")
    ports = world.installation.ports
    authority = replace(ports.authority, warnings=(strategy,))
    world.installation = replace(world.installation, ports=replace(ports, authority=authority))
    return strategy


async def warn(world: World) -> int:
    """Look at everybody after what happened; how many steps were come to."""
    return await warn_due(world.installation, lane=EVERY_BUCKET)


async def fail_a_debit(world: World, bought: Bought, *, request_id: str) -> None:
    """The bank declines what the borrower wants to pay."""
    await channel_of(world).set_conduct(bought.shopper.account_token, DECLINED)
    paid = await bought.shopper.pay(bought.loan_id, amount_minor=10_000, request_id=f"request-{request_id}")
    assert paid["state"] == "failed"
