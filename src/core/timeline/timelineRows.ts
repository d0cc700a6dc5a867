import type { TimelineOutline } from './timelineOutline';

/** A row of the timeline: the head of an area, when it was occupied, or an entity. */
export type TimelineRow =
  | { readonly kind: 'area'; readonly area: string; readonly lanes: number }
  | { readonly kind: 'occupied'; readonly area: string; readonly name: string }
  | {
      readonly kind: 'entity';
      readonly area: string | null;
      readonly entityId: string;
      readonly entityType: string;
      /** Without what the area's own name already says. */
      readonly name: string;
      readonly fullName: string;
    };

export type LaneRow = Exclude<TimelineRow, { readonly kind: 'area' }>;

export interface RowFilter {
  /** What names or ids contain, in any case; several words all of them. */
  readonly text: string;
  /** Types that are left out. */
  readonly hiddenTypes: readonly string[];
}

/** The rows of a timeline. Areas stay where a filter leaves them without entities, so that it can be seen what is filtered. */
export function timelineRows({ areas }: TimelineOutline, filter: RowFilter): TimelineRow[] {
  const words = filter.text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const hidden = new Set(filter.hiddenTypes);
  return areas.flatMap(({ area, entities }) => {
    const rows = entities.flatMap(({ entityId, entityType, name }): TimelineRow[] => {
      const fullName = name ?? entityId;
      const text = `${fullName} ${entityId}`.toLocaleLowerCase();
      if (hidden.has(entityType) || !words.every((word) => text.includes(word))) return [];
      return [
        {
          kind: 'entity',
          area,
          entityId,
          entityType,
          name: name === null ? withoutDomain(entityId) : nameIn(area ?? '', name),
          fullName,
        },
      ];
    });
    if (area === null) return rows;
    return [{ kind: 'area', area, lanes: rows.length }, { kind: 'occupied', area, name: 'Occupied' }, ...rows];
  });
}

/** What an entity is called in its area: names tend to begin with that of the area, which is said already. */
export function nameIn(area: string, name: string): string {
  return name.startsWith(`${area} `) ? name.slice(area.length).trim() || name : name;
}

/** What tells two ids apart is at their end. */
function withoutDomain(entityId: string): string {
  return entityId.slice(entityId.indexOf('.') + 1);
}

/** What a row is known by, whatever rows are before it. */
export function rowKey(row: TimelineRow): string {
  return row.kind === 'entity' ? `entity ${row.area ?? ''} ${row.entityId}` : `${row.kind} ${row.area}`;
}

/** The types of the entities, in the order of the lanes. */
export function outlineTypes({ areas }: TimelineOutline): string[] {
  return [...new Set(areas.flatMap(({ entities }) => entities.map(({ entityType }) => entityType)))];
}
