"""One of the two that pass a lock to each other: the Python peer. Arguments: lock path, number of holds, ms to pause."""

import os
import random
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "locks"))
from pythonPeer import FileLock  # noqa: E402

path, count, pause = sys.argv[1:]
lock = FileLock(path)
for _ in range(int(count)):
    lock.acquire()
    start = time.monotonic_ns()
    time.sleep((5 + random.random() * 20) / 1000)
    end = time.monotonic_ns()
    lock.release()
    print(start, end, flush=True)
    time.sleep(float(pause) / 1000)
