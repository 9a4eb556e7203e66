"""The states of many loans after 60 events each, on every core: `replay_book.py COUNT`.

Prints one JSON object: the seconds a loan takes, and whether the states are those of one loan at a time.
"""

import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from time import perf_counter

from replay_loan import AS_OF, loan

from fenqi.core.loan.replay import replay

PER_TASK, COMPARED = 50, 20


def state_of(principal_minor):
    agreement, events = loan(principal_minor)
    state = replay(agreement, events, as_of=AS_OF)
    return state.outstanding.total, state.overpaid_minor, dict(state.books)


def measure(count):
    principals = [500_000 + 137 * number for number in range(count)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        begun = perf_counter()
        states = list(pool.map(state_of, principals, chunksize=PER_TASK))
        seconds = perf_counter() - begun
    is_equal = states[:COMPARED] == [state_of(principal) for principal in principals[:COMPARED]]
    return {"seconds": seconds / count, "is_equal": is_equal}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))))
