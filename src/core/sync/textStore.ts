/** Stands for no text among references. */
export const NO_TEXT = 0xffff_ffff;

const PAGE_BITS = 16;
const PAGE_BYTES = 1 << PAGE_BITS;
/** No byte of UTF-8. */
const END = 0xff;
/** Most states come again and again: these many are recognized. */
const MOST_KNOWN = 1024;

const encoder = new TextEncoder();
/** A text may begin with U+FEFF, which is not to be taken for a byte order mark. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Texts as UTF-8 in pages of 64 KB: a million different states take a few MB, where as many JavaScript strings would take a
 * hundred. A reference is a whole number below 2³².
 */
export class TextStore {
  readonly #pages: Uint8Array<ArrayBuffer>[] = [];
  readonly #known = new Map<string, number>();
  /** Bytes used of the last page. */
  #used = PAGE_BYTES;

  add(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    const reference = this.#append(text);
    this.#known.set(text, reference);
    return reference;
  }

  get(reference: number): string {
    const page = this.#pages[reference >>> PAGE_BITS];
    const start = reference & (PAGE_BYTES - 1);
    return page ? decoder.decode(page.subarray(start, page.indexOf(END, start))) : '';
  }

  #append(text: string): number {
    // A UTF-16 unit takes three bytes at most.
    const most = text.length * 3 + 1;
    let page = this.#pages.at(-1);
    if (!page || this.#used + most > PAGE_BYTES) {
      page = new Uint8Array(Math.max(PAGE_BYTES, most));
      this.#pages.push(page);
      this.#used = 0;
    }
    const start = this.#used;
    const { written } = encoder.encodeInto(text, page.subarray(start));
    page[start + written] = END;
    this.#used = start + written + 1;
    return (this.#pages.length - 1) * PAGE_BYTES + start;
  }
}
