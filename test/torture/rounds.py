"""One Python peer that takes part in many rounds, as rounds.mts does. It reads outside of a transaction and writes later, as AOD does."""

import json
import os
import random
import sqlite3
import sys
import threading
import time

from seedLock import SeedLock

order = json.loads(sys.argv[1])
folder, hold = order["folder"], order["hold"] / 1000
database = sqlite3.connect(os.path.join(folder, "counters.db"), timeout=20, isolation_level=None, check_same_thread=False)
database.execute("PRAGMA synchronous = OFF")
mutex = threading.Lock()


def take_part(number):
    name = "shared" if order.get("isShared") else str(number)
    lock = SeedLock(os.path.join(folder, name, "area_occupancy.db.lock"), preemption=order.get("preemption", 0))
    lock.acquire()
    start = time.monotonic_ns()
    with mutex:
        (before,) = database.execute("SELECT n FROM rounds WHERE round = ?", (number,)).fetchone()
    time.sleep(random.random() * 2 * hold)
    with mutex:
        database.execute("UPDATE rounds SET n = ? WHERE round = ?", (before + 1, number))
    end = time.monotonic_ns()
    lock.release()
    with mutex:
        print(number, start, end, end, flush=True)


def run_lane(lane):
    for turn, number in enumerate(range(lane, order["rounds"], order["lanes"])):
        begin = (order["start"] + turn * order["period"] + random.random() * order.get("latest", 0)) / 1000
        time.sleep(max(0, begin - time.time()))
        take_part(number)


threads = [threading.Thread(target=run_lane, args=(lane,)) for lane in range(min(order["lanes"], order["rounds"]))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
