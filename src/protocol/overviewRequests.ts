import * as v from 'valibot';
import type { OverviewSection, OverviewSubject } from '../core/overview/overviewModel';
import type { RequestSchemas } from './viewProtocol';

/** What the page of an overview asks. */
export interface OverviewRequests {
  readonly getDatabase: { readonly params: null; readonly result: DatabaseAnswer };
  /** `all`: every entity, however many there are. */
  readonly getArea: { readonly params: { readonly area: string; readonly all: boolean }; readonly result: OverviewSection };
  /** Opens another view of what the page names. */
  readonly show: { readonly params: ShowRequest; readonly result: void };
}

export interface DatabaseAnswer {
  readonly section: OverviewSection;
  /** Names of the areas that the overview is of, in order. */
  readonly areas: readonly string[];
}

export interface ShowRequest {
  readonly view: 'timeline' | 'intervals' | 'priors' | 'overview';
  readonly subject: OverviewSubject;
}

const name = v.pipe(v.string(), v.maxLength(10_000));

export const overviewSchemas: RequestSchemas<OverviewRequests> = {
  getDatabase: v.null(),
  getArea: v.strictObject({ area: name, all: v.boolean() }),
  show: v.strictObject({
    view: v.picklist(['timeline', 'intervals', 'priors', 'overview']),
    subject: v.union([v.strictObject({ entity: name }), v.strictObject({ area: name })]),
  }),
};
