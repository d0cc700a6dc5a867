/** Anything that must be let go of once. The same shape as VS Code's, so either can hold the other. */
export interface Disposable {
  dispose(): void;
}
