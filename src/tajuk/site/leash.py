"""No orphans: a child that ends when its parent does, even when the parent is killed without warning."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with(parent: int) -> None:
    """Has the kernel kill this process when its parent dies; ends it now if that has happened already.

    Linux only: elsewhere children of a killed supervisor have to be stopped by hand. The signal is SIGKILL,
    for whoever must survive a crash survives it, and what could be ignored would leave orphans.
    """
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
