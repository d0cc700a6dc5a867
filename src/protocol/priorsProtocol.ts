import * as v from 'valibot';
import type { AreaPriors } from '../core/model';
import type { RequestSchemas } from './viewProtocol';

/** What the page of priors asks for. */
export interface PriorsRequests {
  /** How it is to read. */
  readonly start: { readonly params: null; readonly result: PriorsStart };
  /** Of the areas in its address. */
  readonly priors: { readonly params: null; readonly result: readonly [AreaPriors, AreaPriors?] };
  /** Names of the areas that there are to choose from. */
  readonly areas: { readonly params: null; readonly result: readonly string[] };
}

export interface PriorsStart {
  /** BCP 47 */
  readonly locale: string;
  /** IANA name of the zone that Home Assistant is taken to be in. */
  readonly timeZone: string;
}

export const priorsSchemas: RequestSchemas<PriorsRequests> = { start: v.null(), priors: v.null(), areas: v.null() };
