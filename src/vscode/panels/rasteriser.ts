import type * as vscode from 'vscode';
import { ExportError } from '../../core/errors';
import type { Rasterised, RasteriseEvent } from '../../protocol/panelRequests';

/** ms that a page has for a picture. */
const TIME_TO_DRAW = 20_000;

interface Waiting {
  resolve(png: Uint8Array): void;
  reject(error: Error): void;
}

/** Lets the page of one panel draw pictures as pixels. */
export class Rasteriser implements vscode.Disposable {
  readonly #post: (event: RasteriseEvent) => void;
  readonly #waiting = new Map<number, Waiting>();
  readonly #timeLimit: number;
  #lastId = 0;

  /** @param timeLimit ms */
  constructor(post: (event: RasteriseEvent) => void, timeLimit = TIME_TO_DRAW) {
    this.#post = post;
    this.#timeLimit = timeLimit;
  }

  /** @returns a PNG file. Rejects with an ExportError when the page makes none, is closed, or does not answer in time. */
  async rasterise(svg: string): Promise<Uint8Array> {
    const id = (this.#lastId += 1);
    const answer = new Promise<Uint8Array>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    const seconds = this.#timeLimit / 1000;
    const limit = setTimeout(() => this.answer({ id, fault: `The plot made no PNG within ${seconds} s.` }), this.#timeLimit);
    this.#post({ event: 'rasterise', id, svg });
    try {
      return await answer;
    } finally {
      clearTimeout(limit);
      this.#waiting.delete(id);
    }
  }

  /** What the page says. An answer that nobody waits for any more is left aside. */
  answer(rasterised: Rasterised): void {
    const waiting = this.#waiting.get(rasterised.id);
    if ('png' in rasterised) waiting?.resolve(rasterised.png);
    else waiting?.reject(new ExportError(rasterised.fault, 'Export it as SVG, or show less of it.'));
  }

  dispose(): void {
    for (const id of this.#waiting.keys()) this.answer({ id, fault: 'The plot was closed before its PNG was made.' });
  }
}
