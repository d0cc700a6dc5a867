// Two hosts under one Redis lock while something fails 200 times in each of four ways (`npm run build` first). A JSON line each.
// node test/torture/redis.mts [rounds]   Ends with 1 where a write with an old fencing token was accepted.
import { cutConnection, killedServer, lostCounter, stoppedProcess } from '../locks/redisFaults.mts';

const rounds = Number(process.argv[2] ?? 200);

for (const run of [stoppedProcess, killedServer, lostCounter, cutConnection]) {
  const { refused, violations, seconds, ...figures } = await run(rounds);
  const codes = Object.groupBy(refused, ({ code }) => code);
  const refusedBy = Object.fromEntries(Object.entries(codes).map(([code, writes = []]) => [code, writes.length]));
  const line = { torture: 'redis', fault: run.name, ...figures, refused: refusedBy, violations, seconds: Math.round(seconds) };
  console.log(JSON.stringify(line));
  if (violations.length > 0) process.exitCode = 1;
}
