import { asOccupancyError } from '../../core/errors';
import { wrap } from '../../core/wrap';

/**
 * What went wrong and what to do, as the text of a document: to reject would leave in the editor what it said last, as if it were
 * so still.
 * @param columns to wrap at, since an editor does not wrap by itself
 */
export function faultText(thrown: unknown, columns: number): string {
  const { message, nextStep } = asOccupancyError(thrown);
  return [...wrap(`${message} ${nextStep}`, columns), ''].join('\n');
}
