"""The peer of the sync's bench: a program of SQLAlchemy with AOD's batch scheme, written from its description.

Reads the significant states of every entity, makes intervals and samples, looks up which keys are there in tuple-INs of 250, and
inserts the rest with bulk_insert_mappings. Arguments: database, recorder, now in unix seconds. Prints a measurement as JSON.
"""

import datetime as dt
import json
import sys
import time

from sqlalchemy import Boolean, Column, DateTime, Float, Integer, String, create_engine, func, text, tuple_
from sqlalchemy.orm import declarative_base, sessionmaker
from sqlalchemy.pool import NullPool

BATCH = 250
NUMERIC_TYPES = set(
    "temperature humidity illuminance co2 co sound_pressure pressure air_quality voc pm25 pm10 power environmental".split()
)
UNUSABLE = {"unknown", "unavailable", "", "NaN", None}
Base = declarative_base()


class Entity(Base):
    __tablename__ = "entities"
    entry_id = Column(String)
    area_name = Column(String, primary_key=True)
    entity_id = Column(String, primary_key=True)
    entity_type = Column(String)
    evidence = Column(Boolean)


class Interval(Base):
    __tablename__ = "intervals"
    id = Column(Integer, primary_key=True)
    entry_id = Column(String)
    area_name = Column(String)
    entity_id = Column(String)
    state = Column(String)
    start_time = Column(DateTime)
    end_time = Column(DateTime)
    duration_seconds = Column(Float)
    aggregation_level = Column(String)
    created_at = Column(DateTime)


class Sample(Base):
    __tablename__ = "numeric_samples"
    id = Column(Integer, primary_key=True)
    entry_id = Column(String)
    area_name = Column(String)
    entity_id = Column(String)
    timestamp = Column(DateTime)
    value = Column(Float)
    unit_of_measurement = Column(String)
    state = Column(String)
    created_at = Column(DateTime)


def history(recorder, entity_id, start, end):
    """(time, state, attributes) from the state in force at the start on; significant states only."""
    metadata = recorder.execute(text("SELECT metadata_id FROM states_meta WHERE entity_id = :e"), {"e": entity_id}).scalar()
    if metadata is None:
        return []
    columns = "s.last_updated_ts, s.state, a.shared_attrs"
    source = "FROM states s LEFT JOIN state_attributes a ON a.attributes_id = s.attributes_id WHERE s.metadata_id = :m"
    first = recorder.execute(
        text(f"SELECT {columns} {source} AND s.last_updated_ts < :s ORDER BY s.last_updated_ts DESC LIMIT 1"),
        {"m": metadata, "s": start},
    ).first()
    rows = recorder.execute(
        text(
            f"""SELECT {columns} {source} AND s.last_updated_ts > :s AND s.last_updated_ts < :e
                AND (s.last_changed_ts IS NULL OR s.last_changed_ts = s.last_updated_ts) ORDER BY s.last_updated_ts"""
        ),
        {"m": metadata, "s": start, "e": end},
    ).all()
    return ([(start, first[1], first[2])] if first else []) + [tuple(row) for row in rows]


def naive(seconds):
    return dt.datetime.fromtimestamp(seconds, dt.timezone.utc).replace(tzinfo=None)


def make_rows(entity, states, now):
    intervals, samples = [], []
    shared = {"entry_id": entity.entry_id, "area_name": entity.area_name, "entity_id": entity.entity_id, "created_at": now}
    for index, (seconds, state, attributes) in enumerate(states):
        start = naive(seconds)
        end = naive(states[index + 1][0]) if index + 1 < len(states) else now
        duration = (end - start).total_seconds()
        if (state == "on" and duration <= 46800) or (state != "on" and state not in UNUSABLE and duration >= 5):
            times = {"start_time": start, "end_time": end, "duration_seconds": duration}
            intervals.append({**shared, **times, "state": state, "aggregation_level": "raw"})
        if entity.entity_type in NUMERIC_TYPES:
            try:
                value = float(state)
            except (TypeError, ValueError):
                continue
            unit = json.loads(attributes or "{}").get("unit_of_measurement")
            samples.append({**shared, "timestamp": start, "value": value, "unit_of_measurement": unit, "state": state})
    return intervals, samples


def add(session, model, names, rows):
    columns = [getattr(model, name) for name in names]
    added = 0
    for index in range(0, len(rows), BATCH):
        batch = {tuple(row[name] for name in names): row for row in rows[index : index + BATCH]}
        there = {tuple(key) for key in session.query(*columns).filter(tuple_(*columns).in_(list(batch))).all()}
        new = [row for key, row in batch.items() if key not in there]
        session.bulk_insert_mappings(model, new)
        added += len(new)
    return added


def main(database, recorder_path, now_seconds):
    options = {"poolclass": NullPool, "connect_args": {"timeout": 10}}
    engine = create_engine(f"sqlite:///{database}", **options)
    recorder_engine = create_engine(f"sqlite:///{recorder_path}", **options)
    began = time.perf_counter()
    with sessionmaker(engine)() as session, recorder_engine.connect() as recorder:
        now = naive(float(now_seconds))
        start = (session.query(func.max(Interval.end_time)).scalar() - dt.timedelta(hours=1)).replace(tzinfo=dt.timezone.utc)
        intervals, samples = [], []
        for entity in {entity.entity_id: entity for entity in session.query(Entity).all()}.values():
            found = make_rows(entity, history(recorder, entity.entity_id, start.timestamp(), float(now_seconds)), now)
            intervals += found[0]
            samples += found[1]
        rows = add(session, Interval, ("entity_id", "start_time", "end_time"), intervals)
        rows += add(session, Sample, ("entity_id", "timestamp"), samples)
        session.commit()
    print(json.dumps({"rows": rows, "whole": (time.perf_counter() - began) * 1000}))


if __name__ == "__main__":
    main(*sys.argv[1:])
