import * as v from 'valibot';
import type { Lanes } from '../core/timeline/lanes';
import type { LaneMoment, LanesParams } from '../core/timeline/timelineAnswers';
import type { TimelineOutline } from '../core/timeline/timelineOutline';
import type { RequestSchemas, ViewEvent } from './viewProtocol';

export interface TimelineSettings {
  /** BCP 47 */
  readonly language: string;
  /** IANA name */
  readonly timeZone: string;
}

/** What the page of a timeline asks of the extension. */
export interface TimelineRequests {
  readonly settings: { readonly params: null; readonly result: TimelineSettings };
  /** Which lanes there are. @param params the version that the page has; null is answered where that is so still */
  readonly outline: {
    readonly params: string | null;
    readonly result: { readonly version: string; readonly outline: TimelineOutline } | null;
  };
  readonly lanes: { readonly params: LanesParams; readonly result: Lanes };
  /** What is to be said of a moment, a line each. */
  readonly describe: { readonly params: LaneMoment; readonly result: readonly string[] };
  /** Shows the newest interval there in the Intervals view. */
  readonly reveal: { readonly params: LaneMoment; readonly result: void };
  /** Lets the user sync the database. */
  readonly sync: { readonly params: null; readonly result: void };
}

/** The page is to show another address, of the same lanes. */
export interface ShowEvent extends ViewEvent {
  readonly event: 'show';
  readonly address: string;
}

const name = v.pipe(v.string(), v.maxLength(10_000));
const moment = v.pipe(v.number(), v.safeInteger());
const entity = v.strictObject({ entityId: name, entityType: name });

export const timelineSchemas: RequestSchemas<TimelineRequests> = {
  settings: v.null(),
  outline: v.nullable(name),
  lanes: v.strictObject({
    occupied: v.array(name),
    entities: v.array(entity),
    from: moment,
    to: moment,
    resolution: v.pipe(v.number(), v.finite()),
  }),
  describe: momentSchema(),
  reveal: momentSchema(),
  sync: v.null(),
};

function momentSchema(): v.GenericSchema<unknown, LaneMoment> {
  return v.strictObject({
    name,
    area: v.nullable(name),
    entity: v.nullable(entity),
    at: moment,
    from: moment,
    to: moment,
    isOne: v.boolean(),
  });
}
