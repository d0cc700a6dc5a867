import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { start } from '../locks/support';
import { Sqlite } from '../support/core.mts';
import type { Overlaps, Stay } from './intervals';
import { addOverlaps, sweep } from './intervals';
import type { RoundsOrder } from './roundsOrder';
import { plant, scratch } from './support';

export interface Party {
  readonly ours: number;
  readonly peers: number;
  readonly rounds: number;
  readonly lanes: number;
  /** ms */
  readonly period: number;
  readonly preemption?: number;
  readonly latest?: number;
  readonly hold?: number;
  /** All rounds are at one lock, on which nothing lies. */
  readonly isShared?: boolean;
}

export interface Outcome {
  readonly overlaps: Overlaps;
  readonly stays: readonly Stay[];
  /** Of ours that noticed the loss of their lock, and committed nothing. */
  readonly refused: number;
  /** Additions that are missing from rounds where no two peers were inside together: those lose their own. */
  readonly lost: number;
}

/**
 * Every round has a lock of its own, on which a stale file lies, unless they share one. All processes come to every round, and each
 * adds 1 to its counter.
 */
export async function playRounds({ ours, peers, ...rest }: Party, where: 'disk' | 'memory' = 'disk'): Promise<Outcome> {
  const folder = scratch(where);
  const database = new Sqlite(join(folder, 'counters.db'));
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE rounds (round INTEGER PRIMARY KEY, n INTEGER NOT NULL)');
  const insert = database.prepare('INSERT INTO rounds VALUES (?, 0)');
  database.transaction(() => {
    for (let round = 0; round < rest.rounds; round++) insert.run(round);
  })();
  if (rest.isShared) mkdirSync(join(folder, 'shared'));
  for (let round = 0; round < rest.rounds && !rest.isShared; round++) {
    mkdirSync(join(folder, String(round)));
    plant(join(folder, String(round), 'area_occupancy.db.lock'), '4242:1700000000.5', 400);
  }
  const order: RoundsOrder = { folder, hold: 2, start: Date.now() + 1000 + 250 * (ours + peers), ...rest };
  const stays = (await Promise.all([...follow('rounds.mts', ours, order), ...follow('rounds.py', peers, order)])).flat();
  const counters = database.prepare('SELECT round, n FROM rounds').all() as { round: number; n: number }[];
  database.close();
  // Where all share one lock, whoever is in it may meet whoever else.
  const meetings = Map.groupBy(stays, ({ round }) => (rest.isShared ? 0 : round));
  const overlaps = new Map([...meetings].map(([place, all]) => [place, sweep(all)]));
  const byRound = Map.groupBy(stays, ({ round }) => round);
  const lost = counters
    .filter(({ round }) => overlaps.get(rest.isShared ? 0 : round)?.peers === 0)
    .reduce((sum, { round, n }) => sum + committed(byRound.get(round) ?? []) - n, 0);
  return { overlaps: addOverlaps([...overlaps.values()]), stays, refused: stays.length - committed(stays), lost };
}

function committed(stays: readonly Stay[]): number {
  return stays.filter((stay) => stay.committed !== undefined).length;
}

type RoundStay = Stay & { readonly round: number };

function follow(program: string, count: number, order: RoundsOrder): Promise<RoundStay[]>[] {
  return Array.from({ length: count }, async (_, index) => {
    const child = start(`../torture/${program}`, JSON.stringify(order));
    const [output, [code]] = await Promise.all([text(child.stdout!), once(child, 'exit')]);
    expect(code).toBe(0);
    const isOurs = program.endsWith('.mts');
    return output
      .trim()
      .split('\n')
      .map((line) => {
        const [round = '', from = '', until = '', at = ''] = line.split(' ');
        const stay = { who: `${program} ${index}`, isOurs, from: BigInt(from), until: BigInt(until) };
        return { ...stay, round: Number(round), committed: at === '0' ? undefined : BigInt(at) };
      });
  });
}

/** Seconds from the first entry to the last exit. */
export function spanOf(stays: readonly Stay[]): number {
  const first = stays.reduce((least, { from }) => (from < least ? from : least), stays[0]?.from ?? 0n);
  const last = stays.reduce((most, { until }) => (until > most ? until : most), 0n);
  return Number(last - first) / 1e9;
}

/** In words, for a figure. */
export function tell({ overlaps, refused, lost, stays }: Outcome): string {
  const { oursOurs, undetected, detected, peers } = overlaps;
  return `${stays.length} holds: ${oursOurs} ours-ours, ${undetected} unnoticed, ${detected} noticed, ${refused} refused, ${peers} peer-peer, ${lost} lost`;
}
