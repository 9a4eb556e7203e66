"""Warnings as tests raise them: by a ladder of their own, after debits that failed."""

import json
from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from fenqi.batch.warn_due import warn_due
from fenqi.core.warning.strategy import Action, WarningStrategy, read_warning_strategy
from fenqi.gateways.payment.stand_in_conduct import DECLINED
from fenqi.stores.rules_version import RulesAnswer, StoredRules
from fenqi.stores.shipped_warning import load_warning_strategy
from fenqi.stores.warning_rules import WARNING_RULES
from paying import channel_of
from world import EVERY_BUCKET, Bought, World

_LATER = count(1)


async def judge_by(
    world: World, *, held_out_permille: int, actions: Sequence[Action] = tuple(Action)
) -> WarningStrategy:
    """Let warnings be judged by the strategy that ships, with these steps of it and this hold-out.

    Left with one step alone, it is due at once.
    """
    wanted = json.loads(load_warning_strategy())
    ladder = [step | {"hold_out_permille": held_out_permille} for step in wanted["ladder"] if step["action"] in actions]
    if len(ladder) == 1:
        ladder = [ladder[0] | {"points_min": 15, "after_days": 0}]
    text = json.dumps(wanted | {"ladder": ladder}).encode()
    strategy, at = read_warning_strategy(text), world.business.now() + timedelta(seconds=next(_LATER))
    async with world.installation.transaction() as connection:
        await WARNING_RULES.add(connection, StoredRules(strategy.version, strategy.name, text, "a test", "one", at))
        said = RulesAnswer(
            strategy.version,
            is_approved=True,
            from_on=world.business.today(),
            reason="a test",
            proposed_by="one",
            answered_by="another",
            answered_at=at,
        )
        await WARNING_RULES.add_answer(connection, said)
    return strategy


async def warn(world: World) -> int:
    """Look at everybody after what happened; how many steps were come to."""
    return await warn_due(world.installation, lane=EVERY_BUCKET)


async def fail_a_debit(world: World, bought: Bought, *, request_id: str) -> None:
    """The bank declines what the borrower wants to pay."""
    await channel_of(world).set_conduct(bought.shopper.account_token, DECLINED)
    paid = await bought.shopper.pay(bought.loan_id, amount_minor=10_000, request_id=f"request-{request_id}")
    assert paid["state"] == "failed"
