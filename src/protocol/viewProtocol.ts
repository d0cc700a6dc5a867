import * as v from 'valibot';
import { InvalidDataError } from '../core/errors';
import type { ErrorRecord } from './errorRecord';

/**
 * Requests of a view's page to the extension are an interface: name → `{ params, result }`. How the params of each must look:
 * whatever comes from a page is checked before it is used.
 */
export type RequestSchemas<R> = {
  readonly [M in keyof R]: v.GenericSchema<unknown, R[M] extends { params: infer P } ? P : never>;
};

/** What the extension does for each request. */
export type RequestHandlers<R> = {
  readonly [M in keyof R]: R[M] extends { params: infer P; result: infer A }
    ? (params: P, signal: AbortSignal) => Promise<A> | A
    : never;
};

const requestMessage = v.strictObject({ id: v.pipe(v.number(), v.safeInteger()), request: v.string(), params: v.unknown() });
const cancelMessage = v.strictObject({ cancel: v.pipe(v.number(), v.safeInteger()) });
const fromView = v.union([requestMessage, cancelMessage]);

/** What a page sends: a request, or that the answer to one is no longer wanted. */
export type FromView = v.InferOutput<typeof fromView>;

/** What the extension sends: an answer, or an event. */
export type ToView<E extends ViewEvent = ViewEvent> =
  { readonly id: number; readonly result: unknown } | { readonly id: number; readonly error: ErrorRecord } | E;

/** What a page hears of unasked. `changed`: rows of its database may have changed. */
export interface ViewEvent {
  readonly event: string;
}

/** Undefined for what is no message of ours. */
export function readMessage(message: unknown): FromView | undefined {
  const { success, output } = v.safeParse(fromView, message);
  return success ? output : undefined;
}

/** Throws InvalidDataError that says what is wrong, and where. */
export function readParams<T>(schema: v.GenericSchema<unknown, T>, params: unknown): T {
  const { success, output, issues } = v.safeParse(schema, params);
  if (success) return output;
  throw new InvalidDataError(`The view asked for something unknown: ${v.summarize(issues)}`, 'Close the view and open it again.');
}
