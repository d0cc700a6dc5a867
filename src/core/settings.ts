/*
 * Settings come as the user wrote them into a JSON file: nothing has checked their types. What is not as it should be counts as
 * not set, since a slip in one setting must not keep a database from being shown.
 */

/** `value` where it is a number of at least `minimum`, but no more than `maximum`; otherwise `fallback`. */
export function numberSetting(value: unknown, fallback: number, minimum: number, maximum: number): number {
  return typeof value === 'number' && value >= minimum ? Math.min(value, maximum) : fallback;
}

/** `value` where it is one of `choices`; otherwise `fallback`. */
export function choiceSetting<T extends string>(value: unknown, fallback: T, choices: readonly T[]): T {
  return choices.find((choice) => choice === value) ?? fallback;
}

/** The texts of a list; a text alone counts as a list of one. */
export function textsSetting(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === 'string');
}
