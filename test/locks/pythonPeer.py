"""The lock of Area Occupancy Detection's 2025-09 state, written from its description, as the peer of the tests.

Arguments: lock path, folder of the shared state, number of acquisitions, milliseconds to hold.
"""

import os
import random
import sys
import time


class FileLock:
    """O_CREAT|O_EXCL file with `pid:time`; stale after 300 s without a write; polled every 0.1 s."""

    def __init__(self, path, timeout=60, stale=300):
        self.path, self.timeout, self.stale = path, timeout, stale
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
            try:
                is_stale = time.time() - os.stat(self.path).st_mtime > self.stale
            except FileNotFoundError:
                continue
            if is_stale:
                try:
                    os.unlink(self.path)
                except FileNotFoundError:
                    pass
                continue
            if time.time() - start > self.timeout:
                raise TimeoutError("Database is busy, please try again later")
            time.sleep(0.1)

    def release(self):
        os.close(self.fd)
        os.unlink(self.path)


def is_alive(pid):
    """A killed process that its parent has not yet taken note of still answers signals, but is inside nothing."""
    try:
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return os.path.isdir("/proc/self") is False


def report(folder, what, detail):
    with open(os.path.join(folder, "faults"), "a") as faults:
        faults.write(f"{what} python {os.getpid()} {detail}\n")


def main(path, folder, count, hold):
    lock = FileLock(path)
    counter, inside = os.path.join(folder, "counter"), os.path.join(folder, "inside")
    for _ in range(int(count)):
        try:
            lock.acquire()
        except Exception as error:
            report(folder, "error", repr(error))
            continue
        try:
            with open(inside, "x") as marker:
                marker.write(str(os.getpid()))
        except FileExistsError:
            with open(inside) as marker:
                other = int(marker.read() or 0)
            if other and is_alive(other):
                report(folder, "overlap", other)
            with open(inside, "w") as marker:
                marker.write(str(os.getpid()))
        with open(counter, "r+") as shared:
            before = int(shared.read())
            if float(hold) > 0:
                time.sleep(random.random() * 2 * float(hold) / 1000)
            shared.seek(0)
            shared.write(str(before + 1).zfill(8))
        with open(os.path.join(folder, "done"), "a") as done:
            done.write(".")
        os.unlink(inside)
        try:
            lock.release()
        except FileNotFoundError:
            report(folder, "stolen", "release found no file")


if __name__ == "__main__":
    main(*sys.argv[1:])
