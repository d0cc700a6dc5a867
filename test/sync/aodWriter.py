"""Area Occupancy Detection as a writer: a connection an operation, a busy timeout of 10 s, and no lock file.

Looks up the keys of some rows, then inserts those that are not there, as its sync does; some keys are those that the inspectors
write, some are its own. Arguments: database, seconds, rows a window. Prints a report as JSON.
"""

import datetime
import json
import sqlite3
import sys
import time

FROM = datetime.datetime(2026, 11, 21)
BATCH = 50
COLUMNS = "entry_id, area_name, entity_id, state, start_time, end_time, duration_seconds, aggregation_level, created_at"


def text(minute):
    return (FROM + datetime.timedelta(minutes=minute)).strftime("%Y-%m-%d %H:%M:%S.%f")


def row(entity, minute):
    state = "on" if minute % 2 else "off"
    return ("01JAODHOMEENTRY00000000000", "Kitchen", entity, state, text(minute), text(minute + 1), 60.0, "raw", text(minute))


def sync(path, rows):
    """True when the rows are there now; False when others wrote some of them in between, and nothing of ours is."""
    db = sqlite3.connect(path, timeout=10)
    try:
        marks = ",".join(["(?,?,?)"] * len(rows))
        keys = [value for each in rows for value in (each[2], each[4], each[5])]
        there = set(
            db.execute(
                f"SELECT entity_id, start_time, end_time FROM intervals WHERE (entity_id, start_time, end_time) IN (VALUES {marks})",
                keys,
            )
        )
        missing = [each for each in rows if (each[2], each[4], each[5]) not in there]
        db.executemany(f"INSERT INTO intervals ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)", missing)
        db.commit()
        return True
    except sqlite3.IntegrityError:
        db.rollback()
        return False
    finally:
        db.close()


def main(path, seconds, window):
    until = time.monotonic() + float(seconds)
    report = {"operations": 0, "own": 0, "overtaken": 0, "busy": 0, "longest": 0.0}
    own = 0
    shared = 0
    while time.monotonic() < until:
        # Half of them keys that nobody else writes, half those that the inspectors are about to.
        rows = [row("sensor.aod", minute) for minute in range(own, own + BATCH)]
        rows += [row(f"sensor.planned_{minute % 7}", minute) for minute in range(shared, shared + BATCH)]
        began = time.monotonic()
        try:
            if sync(path, rows):
                own += BATCH
                report["own"] = own
            else:
                report["overtaken"] += 1
        except sqlite3.OperationalError as error:
            report["busy"] += 1
            print(error, file=sys.stderr)
        report["operations"] += 1
        report["longest"] = max(report["longest"], (time.monotonic() - began) * 1000)
        shared += int(window) // 20
        time.sleep(0.02)
    print(json.dumps(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
