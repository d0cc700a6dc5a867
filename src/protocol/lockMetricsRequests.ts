import * as v from 'valibot';
import type { LockMetrics } from '../core/metrics/lockMetrics';
import type { RequestSchemas } from './viewProtocol';

/** What the page of lock metrics asks of the extension. */
export interface LockMetricsRequests {
  readonly metrics: { readonly params: null; readonly result: { readonly name: string; readonly metrics: LockMetrics } };
  /** Counts anew. */
  readonly reset: { readonly params: null; readonly result: void };
}

export const lockMetricsSchemas: RequestSchemas<LockMetricsRequests> = { metrics: v.null(), reset: v.null() };
