"""The CRC-32 of two pieces joined, out of the CRC-32 of each: without it every page would be read again.

zlib has it (`crc32_combine`) but Python's module doesn't show it, so it is called through ctypes: in the
library that the interpreter's own zlib module is linked with, or in the system's. Failing both, in Python.
"""

import ctypes
import sys
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache

Combine = Callable[[int, int, int], int]

_POLYNOMIAL = 0xEDB88320
_TOP = 1 << 31


def _libraries() -> Iterator[str | None]:
    yield getattr(zlib, "__file__", None)  # None where zlib is built into the interpreter
    if sys.platform == "darwin":
        yield "libz.dylib"
    else:
        yield "libz.so.1"


def combine_by_operators() -> Combine | None:
    """zlib's own in two steps, of which the one that depends on the length alone is kept: twice as fast.

    None where no library has it (zlib before 1.2.12).
    """
    for name in _libraries():
        try:
            library = ctypes.PyDLL(name)
            made, applied = library.crc32_combine_gen, library.crc32_combine_op
        except (OSError, AttributeError):
            continue
        made.argtypes = (ctypes.c_long,)
        made.restype = applied.restype = ctypes.c_ulong
        # No argtypes for the second: checking three ints takes longer than the call. It looks at 32 bits of each.
        operator = lru_cache(maxsize=1 << 16)(made)
        return lambda first, second, length: applied(first, second, operator(length))
    return None


def combine_of_zlib() -> Combine | None:
    """zlib's own; None where no library has it."""
    for name in _libraries():
        try:
            # PyDLL keeps the interpreter's lock: letting it go takes longer than the call.
            function = ctypes.PyDLL(name).crc32_combine
        except (OSError, AttributeError):
            continue
        function.argtypes = (ctypes.c_ulong, ctypes.c_ulong, ctypes.c_long)
        function.restype = ctypes.c_ulong
        return function
    return None


def combine_in_python(first: int, second: int, length_of_second: int) -> int:
    """The same, slower: `first` moved on by as many zero bytes as `second` is long."""
    return _product(_power_of_x(length_of_second * 8), first) ^ second


def _product(one: int, other: int) -> int:
    """Two polynomials over GF(2) modulo CRC-32's, lowest power in the highest bit."""
    product = 0
    bit = _TOP
    while one:
        if one & bit:
            product ^= other
            one ^= bit
        bit >>= 1
        other = (other >> 1) ^ _POLYNOMIAL if other & 1 else other >> 1
    return product


@lru_cache(maxsize=4096)
def _power_of_x(exponent: int) -> int:
    result, square = _TOP, _TOP >> 1
    while exponent:
        if exponent & 1:
            result = _product(square, result)
        square = _product(square, square)
        exponent >>= 1
    return result


combine: Combine = combine_by_operators() or combine_of_zlib() or combine_in_python
