"""Waits for a lock as the seed does, and says when it is in. Arguments: lock path, seconds to wait, seconds after which it is stale."""

import sys

from seedLock import SeedLock

path, timeout, stale = sys.argv[1:]
lock = SeedLock(path, timeout=float(timeout), stale=float(stale))
lock.acquire()
print("in", flush=True)
lock.release()
