"""How much memory something holds, counted and not guessed from the size of a process."""

from __future__ import annotations

import gc
import sys
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType

_OF_EVERYBODY = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType)


def held_bytes(*roots: object) -> int:
    """Bytes of all objects that can be reached from here, without code."""
    seen: dict[int, object] = {}
    left = list(roots)
    while left:
        one = left.pop()
        if id(one) not in seen and not isinstance(one, _OF_EVERYBODY):
            seen[id(one)] = one
            left.extend(gc.get_referents(one))
    return sum(sys.getsizeof(one) for one in seen.values())
