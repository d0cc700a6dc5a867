"""What Area Occupancy Detection's sync_states does, for tests to hold ours against; written from a description of it.

Reads a job a line from its input, {"recorder": path, "database": path, "now": ms since the epoch}, does the sync, and answers
each with a line {"intervals": rows written, "samples": rows written}.
"""

import json
import sqlite3
import sys
from collections import defaultdict
from datetime import datetime, timedelta, timezone

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
CHATTY_DOMAINS = {"climate", "device_tracker", "humidifier", "thermostat", "water_heater"}
NUMERIC_TYPES = set(
    "temperature humidity illuminance co2 co sound_pressure pressure air_quality voc pm25 pm10 power environmental".split()
)
IGNORED_STATES = (None, "", "unknown", "unavailable", "NaN")
MAX_ON = timedelta(hours=13)
MIN_OTHER = timedelta(seconds=5)
RETENTION = timedelta(days=365)


def to_text(moment):
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def from_text(text):
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


class State:
    def __init__(self, row, when):
        self.state = row["state"]
        self.when = when
        self.attributes = {}
        for source in (row["shared_attrs"], row["attributes"] if "attributes" in row.keys() else None):
            if source is not None:
                try:
                    self.attributes = json.loads(source)
                except ValueError:
                    pass
                break


def history(recorder, entity_id, start, end):
    """Home Assistant's get_significant_states with the state at the start, of one entity."""
    rows = recorder.execute(
        """SELECT s.*, a.shared_attrs FROM states s JOIN states_meta m USING (metadata_id)
           LEFT JOIN state_attributes a ON a.attributes_id = s.attributes_id
           WHERE m.entity_id = ? ORDER BY s.last_updated_ts, s.state_id""",
        (entity_id,),
    ).fetchall()
    every_row = entity_id.split(".")[0] in CHATTY_DOMAINS
    before, states = None, []
    for row in rows:
        updated = row["last_updated_ts"]
        if updated < start.timestamp():
            before = row
        elif start.timestamp() < updated < end.timestamp():
            if every_row or row["last_changed_ts"] in (None, updated):
                states.append(State(row, datetime.fromtimestamp(updated, timezone.utc)))
    if before is not None:
        states.insert(0, State(before, start))
    return sorted(states, key=lambda state: state.when)


def to_intervals(states, end):
    for state, following in zip(states, [*states[1:], None]):
        until = following.when if following else end
        lasted = until - state.when
        if state.when < end - RETENTION:
            continue
        if state.state == "on":
            if lasted <= MAX_ON:
                yield state, until, lasted
        elif state.state not in IGNORED_STATES and lasted >= MIN_OTHER:
            yield state, until, lasted


def columns(database, table):
    return {row["name"] for row in database.execute(f"SELECT name FROM pragma_table_info('{table}')")}


class Occupancy:
    def __init__(self, database, now):
        self.database = database
        self.now = now
        self.legacy = "area_name" not in columns(database, "intervals")
        self.has_samples = not self.legacy and bool(columns(database, "numeric_samples"))
        self.home, self.sample_home = {}, {}
        if not self.legacy:
            types = defaultdict(dict)
            for row in database.execute("SELECT area_name, entity_id, entity_type FROM entities"):
                types[row["area_name"]][row["entity_id"]] = row["entity_type"]
            for area in database.execute("SELECT entry_id, area_name FROM areas ORDER BY rowid").fetchall():
                for entity_id, kind in types[area["area_name"]].items():
                    self.home[entity_id] = area
                    if kind in NUMERIC_TYPES:
                        self.sample_home[entity_id] = area

    def start(self):
        newest = self.database.execute("SELECT max(end_time) FROM intervals").fetchone()[0]
        return from_text(newest) - timedelta(hours=1) if newest else self.now - timedelta(days=10)

    def entity_ids(self):
        return [row[0] for row in self.database.execute("SELECT DISTINCT entity_id FROM entities")]

    def insert(self, table, **values):
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        self.database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))

    def write_intervals(self, histories):
        known = {tuple(row) for row in self.database.execute("SELECT entity_id, start_time, end_time FROM intervals")}
        written = 0
        for entity_id, states in histories.items():
            area = self.home.get(entity_id)
            if area is None and not self.legacy:
                continue
            for state, until, lasted in to_intervals(states, self.now):
                key = (entity_id, to_text(state.when), to_text(until))
                if key in known:
                    continue
                known.add(key)
                booked = (
                    {}
                    if self.legacy
                    else {"entry_id": area["entry_id"], "area_name": area["area_name"], "aggregation_level": "raw"}
                )
                self.insert(
                    "intervals",
                    entity_id=entity_id,
                    state=state.state,
                    start_time=key[1],
                    end_time=key[2],
                    duration_seconds=lasted.total_seconds(),
                    created_at=to_text(self.now),
                    **booked,
                )
                written += 1
        return written

    def write_samples(self, histories):
        if not self.has_samples:
            return 0
        known = {tuple(row) for row in self.database.execute("SELECT entity_id, timestamp FROM numeric_samples")}
        written = 0
        for entity_id, area in self.sample_home.items():
            for state in histories.get(entity_id, []):
                try:
                    value = float(state.state)
                except (TypeError, ValueError):
                    continue
                key = (entity_id, to_text(state.when))
                if value != value or key in known:
                    continue
                known.add(key)
                unit = state.attributes.get("unit_of_measurement") if isinstance(state.attributes, dict) else None
                self.insert(
                    "numeric_samples",
                    entry_id=area["entry_id"],
                    area_name=area["area_name"],
                    entity_id=entity_id,
                    timestamp=key[1],
                    value=value,
                    unit_of_measurement=unit,
                    state=state.state,
                    created_at=to_text(self.now),
                )
                written += 1
        return written


def open_database(path):
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def sync(job):
    now = EPOCH + timedelta(milliseconds=job["now"])
    recorder, database = open_database(job["recorder"]), open_database(job["database"])
    try:
        occupancy = Occupancy(database, now)
        start = occupancy.start()
        written = {"intervals": 0, "samples": 0}
        # From a start that lies ahead AOD would write rows of negative length; the inspector writes none.
        if start < now:
            histories = {entity_id: history(recorder, entity_id, start, now) for entity_id in occupancy.entity_ids()}
            written = {"intervals": occupancy.write_intervals(histories), "samples": occupancy.write_samples(histories)}
        database.commit()
        return written
    finally:
        recorder.close()
        database.close()


for line in sys.stdin:
    print(json.dumps(sync(json.loads(line))), flush=True)
