import { describe, expect, it } from 'vitest';
import { LockMeter } from '../../../src/core/metrics/lockMeter';
import { plotLockMetrics } from '../../../src/core/metrics/plotLockMetrics';
import { prometheusText } from '../../../src/core/metrics/prometheusText';
import { secondsText } from '../../../src/core/metrics/secondsText';
import { NodeHistogram } from '../../../src/platform/lock/nodeHistogram';
import { FakeClock } from '../lock/fakeWorld';
import { parseExposition } from './exposition';
import { PATH, someMetrics } from './someMetrics';

describe('lock metrics', () => {
  it('are plain data in seconds, by peer', () => {
    const metrics = someMetrics();
    expect(structuredClone(metrics)).toEqual(metrics);
    expect(metrics.acquired).toEqual({ critical: 0, interactive: 1, normal: 0, background: 1 });
    expect(Object.keys(metrics.wait)).toEqual(['none', 'marker']);
    expect(metrics.wait.none).toMatchObject({ count: 1, sum: 0.000_06 });
    expect(metrics.wait.marker?.p50).toBeCloseTo(2.4, 1);
    expect(metrics.peerHold.marker).toMatchObject({ count: 1, sum: 2.4 });
    expect([metrics.failed.timeout, metrics.counts.brokenByAge, metrics.counts.failedBeats]).toEqual([1, 1, 1]);
    expect(metrics.queueDepth).toMatchObject({ count: 2, max: 2 });
  });

  it('begin anew after a reset', () => {
    const meter = new LockMeter(PATH, 77, new FakeClock(), () => new NodeHistogram());
    meter.asked(1);
    meter.failed('unusable');
    expect(meter.snapshot()).toMatchObject({ guarantee: 'sqlite-only', failed: { unusable: 1 }, queueDepth: { count: 1 } });
    meter.reset();
    expect(meter.snapshot()).toMatchObject({ failed: { unusable: 0 }, queueDepth: { count: 0 }, wait: {} });
  });

  it('are valid for Prometheus, in seconds, whatever the path and however many databases', () => {
    const families = parseExposition(prometheusText([someMetrics(), someMetrics('/other/area_occupancy.db.lock')]));
    expect([...families.keys()].every((name) => name.startsWith('area_occupancy_lock_'))).toBe(true);
    const waits = families.get('area_occupancy_lock_wait_seconds');
    expect(waits?.type).toBe('histogram');
    const database = PATH.replace('.lock', '');
    const of = { database, peer: 'marker' };
    const bucket = (le: string) =>
      waits?.samples.find(
        ({ name, labels }) =>
          name.endsWith('_bucket') && labels['database'] === database && labels['peer'] === 'marker' && labels['le'] === le,
      )?.value;
    expect([bucket('1'), bucket('5'), bucket('+Inf')]).toEqual([0, 1, 1]);
    expect(waits?.samples).toContainEqual({ name: 'area_occupancy_lock_wait_seconds_sum', labels: of, value: 2.4 });
    expect(families.get('area_occupancy_lock_acquired_total')?.samples).toHaveLength(8);
    expect(families.get('area_occupancy_lock_broken_total')?.samples).toContainEqual({
      name: 'area_occupancy_lock_broken_total',
      labels: { database, reason: 'age' },
      value: 1,
    });
  });

  it('read as a table with bars', () => {
    const { text, spans } = plotLockMetrics(someMetrics(), 'Lock of area_occupancy.db', 'The end.');
    expect(text).toContain('Lock of area_occupancy.db   counted for 0 s by process 77');
    expect(text).toMatch(/Latest use rested on +the guard of the kernel and the lock file \(kernel\+marker\)/);
    expect(text).toMatch(/Got the lock +1 interactive, 1 background/);
    expect(text).toMatch(/Wait for nobody +1 +60 µs +60 µs +60 µs +60 µs {5}██\n/);
    const heading = text.split('\n').find((line) => line.includes('longest'))!;
    const waits = text.split('\n').find((line) => line.startsWith('Wait for AOD'))!;
    // 2.4 s is in the bucket that ends at 2.5 s, the one after that of 1 s.
    expect(waits.indexOf('█')).toBe(heading.indexOf('1s') + 2);
    expect(spans.some(({ kind }) => kind === 'number')).toBe(true);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThan(130);
  });

  it('say so while there is nothing', () => {
    const meter = new LockMeter(PATH, 77, new FakeClock(), () => new NodeHistogram());
    expect(plotLockMetrics(meter.snapshot(), 'Lock', 'The end.').text).toContain('Nothing was measured yet');
    expect(parseExposition(prometheusText([meter.snapshot()])).get('area_occupancy_lock_lost_total')?.samples[0]?.value).toBe(0);
  });

  it.each([
    [0, '0 µs'],
    [0.000_062, '62 µs'],
    [0.0009996, '1 ms'],
    [0.0031, '3.1 ms'],
    [0.9996, '1 s'],
    [12.4, '12 s'],
    [3600, '60 min'],
  ])('write %d s as %s', (seconds, text) => expect(secondsText(seconds)).toBe(text));
});
