import type { OverviewSection } from './overviewModel';

/** The sections, with what a kind of table means said only where the first of that kind has rows. */
export function explainOnce(sections: readonly OverviewSection[]): readonly OverviewSection[] {
  const explained = new Set<string>();
  return sections.map((section) => ({
    ...section,
    tables: section.tables.map((table) => {
      const { meaning, ...rest } = table;
      if (meaning === undefined || (!explained.has(table.id) && table.rows.length > 0)) {
        explained.add(table.id);
        return table;
      }
      return rest;
    }),
  }));
}
