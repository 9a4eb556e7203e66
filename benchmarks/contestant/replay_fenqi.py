"""The state of a loan after 60 events, as the product finds it."""

from replay_loan import AS_OF, loan

from fenqi.core.loan.replay import replay

AGREEMENT, EVENTS = loan()


def run():
    return replay(AGREEMENT, EVENTS, as_of=AS_OF)


def answer(state):
    return {"outstanding_minor": state.outstanding.total, "row_count": len(state.rows)}
