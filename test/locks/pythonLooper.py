"""Takes the lock of the Python peer again and again, and prints `from waited held` in ms for each.

Arguments: lock path, milliseconds to go on for, milliseconds to hold, milliseconds to pause.
"""

import sys
import time

from pythonPeer import FileLock


def main(path, duration, hold, pause):
    lock = FileLock(path)
    end = time.monotonic() + float(duration) / 1000
    while time.monotonic() < end:
        asked = time.monotonic()
        lock.acquire()
        begun = time.monotonic()
        time.sleep(float(hold) / 1000)
        try:
            lock.release()
        except FileNotFoundError:
            print("stolen", flush=True)
        print(begun * 1000, (begun - asked) * 1000, (time.monotonic() - begun) * 1000, flush=True)
        time.sleep(float(pause) / 1000)


if __name__ == "__main__":
    main(*sys.argv[1:])
