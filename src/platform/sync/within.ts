import { CancelledError } from '../../core/errors';

export interface Limit {
  readonly ms: number;
  /** What is thrown when the time is up. */
  readonly late: () => Error;
  /** What begins the sentence when it is cancelled: "The sync". */
  readonly what: string;
  readonly signal: AbortSignal | undefined;
}

/** The result of `task`, unless time is up or `signal` aborts before. The task itself goes on: the caller ends it. */
export async function within<T>(task: Promise<T>, { ms, late, what, signal }: Limit): Promise<T> {
  const { promise: interruption, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late()), ms);
  const cancel = (): void => reject(new CancelledError(what));
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  try {
    return await Promise.race([task, interruption]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}
