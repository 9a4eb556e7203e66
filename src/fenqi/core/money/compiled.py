"""Loops over many amounts, compiled to machine code when they are first called.

Importing this imports the compiler; who uses a compiled loop imports its module where it is called.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba  # pyright: ignore[reportMissingTypeStubs]

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(loop: Loop) -> Loop:
    """The same loop, compiled for the types of its first call; the machine code is kept beside the source.

    Floats follow IEEE 754 in the order in which they are written.
    """
    compiler: Any = numba
    try:
        return cast("Loop", compiler.njit(error_model="numpy", cache=True)(loop))
    except RuntimeError:  # no folder where machine code can be kept
        return cast("Loop", compiler.njit(error_model="numpy")(loop))
