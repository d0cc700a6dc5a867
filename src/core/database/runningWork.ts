/** Work under way, for whoever must wait for its end before taking away what it works on. */
export class RunningWork {
  readonly #running = new Set<Promise<unknown>>();

  /** Runs `work`; what it resolves or rejects with is passed on. */
  async add<T>(work: () => Promise<T>): Promise<T> {
    const running = work();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Resolves when what runs now has ended, whatever became of it. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#running);
  }
}
