import type { AreaPriors } from '../model';
import { cellOf, type PriorsWeek, priorsWeek } from './priorsWeek';
import { slotAt, type WeekSlot } from './weekSlot';

/** Tops that a scale may have: a map of low priors would be all pale on one up to 100 %. */
const TOPS: readonly number[] = [0.1, 0.2, 0.5, 1];

/** What is seen of one area, or of two that are compared: all views draw this. */
export interface PriorsView {
  readonly weeks: readonly [PriorsWeek] | readonly [PriorsWeek, PriorsWeek];
  /** The second area less the first, in the shape of a week: −1 to 1, null where not both have learned; null with one area. */
  readonly differences: readonly (readonly (number | null)[])[] | null;
  /** The value that the strongest colour stands for, of all weeks alike. */
  readonly top: number;
  readonly now: WeekSlot;
  /** ms since the epoch. */
  readonly moment: number;
  /** IANA name. */
  readonly timeZone: string;
}

/**
 * @param priors of one area, or of two of the same database
 * @param moment now, ms since the epoch
 */
export function priorsView([first, second]: readonly [AreaPriors, AreaPriors?], moment: number, timeZone: string): PriorsView {
  const week = priorsWeek(first);
  const other = second && priorsWeek(second);
  const weeks = other ? ([week, other] as const) : ([week] as const);
  const highest = Math.max(0, ...weeks.flatMap(({ days }) => days.flat().map(({ value }) => value ?? 0)));
  return {
    weeks,
    differences: other ? differences(week, other) : null,
    top: TOPS.find((top) => highest <= top) ?? 1,
    now: slotAt(moment, week.clock, timeZone),
    moment,
    timeZone,
  };
}

function differences(left: PriorsWeek, right: PriorsWeek): (number | null)[][] {
  return left.days.map((cells) =>
    cells.map((cell) => {
      const other = cellOf(right, cell)?.value ?? null;
      return cell.value === null || other === null ? null : other - cell.value;
    }),
  );
}
