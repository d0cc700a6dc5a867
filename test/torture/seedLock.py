"""The lock of Area Occupancy Detection's 2025-09 state with all its weaknesses, written from its description, as the peer of the torture.

It takes a lock for stale also when it cannot stat it, and removes it by name, however long ago it looked.
"""

import os
import random
import time


class SeedLock:
    def __init__(self, path, timeout=60, stale=300, preemption=0):
        self.path, self.timeout, self.stale, self.preemption = path, timeout, stale, preemption
        self.fd = None

    def acquire(self):
        start = time.time()
        while True:
            try:
                self.fd = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
                os.write(self.fd, f"{os.getpid()}:{time.time()}".encode())
                return
            except FileExistsError:
                pass
            if self.is_stale():
                if self.preemption and random.random() < 0.5:
                    time.sleep(random.random() * self.preemption / 1000)
                try:
                    os.unlink(self.path)
                except OSError:
                    pass
                continue
            if time.time() - start > self.timeout:
                raise TimeoutError("Database is busy, please try again later")
            time.sleep(0.1)

    def is_stale(self):
        try:
            return time.time() - os.stat(self.path).st_mtime > self.stale
        except OSError:
            return True

    def release(self):
        os.close(self.fd)
        try:
            os.unlink(self.path)
        except OSError:
            pass
