/** The order of areas in every view. */
export const byName = new Intl.Collator('en', { numeric: true });
