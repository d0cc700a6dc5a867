import type { OccupancyReader } from '../database/occupancyReader';
import type { AreaPriors } from '../model';
import type { PriorsAddress } from './priorsAddress';

/** The priors of an area, and of the one that it is compared with. Throws SchemaError when one of them is not there. */
export async function readPriors(
  reader: Pick<OccupancyReader, 'getPriors'>,
  { area, other }: PriorsAddress,
): Promise<readonly [AreaPriors, AreaPriors?]> {
  if (other === null) return [await reader.getPriors(area)];
  return Promise.all([reader.getPriors(area), reader.getPriors(other)]);
}
