import type { PanelRequests, Rasterised, RasteriseEvent } from '../protocol/panelRequests';
import { RemoteError } from '../protocol/errorRecord';
import type { ToView, ViewEvent } from '../protocol/viewProtocol';
import { rasterise } from './rasterise';

/** What VS Code gives a webview's page, once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

type Params<R, M extends keyof R> = R[M] extends { params: infer P } ? P : never;
type Result<R, M extends keyof R> = R[M] extends { result: infer A } ? A : never;

interface Waiting {
  resolve(result: never): void;
  reject(error: unknown): void;
}

/**
 * A page's line to the extension: requests, events, and what is kept of the page while it is hidden or the window is closed.
 * `R` are the requests of the view, `S` is what it keeps besides its address.
 */
export class Link<R, S extends object> {
  readonly #api = acquireVsCodeApi();
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(event: ViewEvent) => void>();
  #lastId = 0;
  #address: string;

  private constructor() {
    const { address } = (this.#api.getState() ?? {}) as { address?: string };
    this.#address = address ?? '';
    window.addEventListener('message', ({ data }: MessageEvent<ToView>) => this.#hear(data));
  }

  /** Resolves when it is known what the page is to show. */
  static async open<R, S extends object>(): Promise<Link<R, S>> {
    const link = new Link<R, S>();
    await link.setAddress(link.#address || null);
    return link;
  }

  /** What the page shows; the extension reads the same text. */
  get address(): string {
    return this.#address;
  }

  /** What was kept; empty at first, and whatever an older release kept: check it. */
  get state(): Partial<S> {
    return this.#api.getState() ?? {};
  }

  keep(state: S): void {
    this.#api.setState({ ...state, address: this.#address });
  }

  /** From now on the page is of this address; null asks for that of the panel. */
  async setAddress(address: string | null): Promise<void> {
    this.#address = await this.#ask<Result<PanelRequests, 'openAddress'>>('openAddress', address);
    this.#api.setState({ ...this.state, address: this.#address });
  }

  /** Shows an address as text, in the place of this page. */
  async showAsText(address = this.#address): Promise<void> {
    await this.#ask('showAsText', address);
  }

  /** Lets the user export what an address shows. */
  async export(address = this.#address): Promise<void> {
    await this.#ask('export', address);
  }

  /** Rejects with a RemoteError: CANCELLED when `signal` aborts. */
  request<M extends keyof R & string>(name: M, params: Params<R, M>, signal?: AbortSignal): Promise<Result<R, M>> {
    return this.#ask(name, params, signal);
  }

  onEvent(listener: (event: ViewEvent) => void): void {
    this.#listeners.add(listener);
  }

  /** The database may have changed. */
  onChanged(listener: () => void): void {
    this.onEvent(({ event }) => {
      if (event === 'changed') listener();
    });
  }

  #ask<T>(request: string, params: unknown, signal?: AbortSignal): Promise<T> {
    const id = (this.#lastId += 1);
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#api.postMessage({ id, request, params });
      signal?.addEventListener('abort', () => this.#api.postMessage({ cancel: id }), { once: true });
    });
  }

  /** Never rejects. */
  async #rasterise({ id, svg }: RasteriseEvent): Promise<void> {
    const rasterised = await rasterise(svg).then(
      (png): Rasterised => ({ id, png }),
      (thrown: Error): Rasterised => ({ id, fault: thrown.message }),
    );
    // The extension says what is wrong with a picture, where one is.
    await this.#ask('rasterised', rasterised).catch(() => {});
  }

  #hear(message: ToView): void {
    if ('event' in message) {
      if (isRasterise(message)) return void this.#rasterise(message);
      for (const listener of this.#listeners) listener(message);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('error' in message) waiting?.reject(new RemoteError(message.error));
    else waiting?.resolve(message.result as never);
  }
}

function isRasterise(event: ViewEvent): event is RasteriseEvent {
  return event.event === 'rasterise';
}
