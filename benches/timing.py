"""How long something takes, for the benchmarks beside this file."""
import time


def seconds(do):
    """Does it; gives the seconds by the clock."""
    began = time.monotonic()
    do()
    return time.monotonic() - began
