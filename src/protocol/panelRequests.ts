import * as v from 'valibot';
import type { RequestSchemas, ViewEvent } from './viewProtocol';

/** What every page may ask, whatever it shows. */
export interface PanelRequests {
  /** Which address the page is to show: the first request of all. With an address, the panel is of that from now on. */
  readonly openAddress: { readonly params: string | null; readonly result: string };
  /** Shows an address as text instead, and closes the panel. */
  readonly showAsText: { readonly params: string; readonly result: void };
  /** Lets the user export what an address shows, which is what the panel is of from now on. */
  readonly export: { readonly params: string; readonly result: void };
  /** What came of a RasteriseEvent. */
  readonly rasterised: { readonly params: Rasterised; readonly result: void };
}

/** The page is to draw an SVG as pixels, which a browser alone can do. */
export interface RasteriseEvent extends ViewEvent {
  readonly event: 'rasterise';
  /** For the answer. */
  readonly id: number;
  readonly svg: string;
}

/** A whole PNG file, or what kept the page from making one: a sentence. */
export type Rasterised = { readonly id: number; readonly png: Uint8Array } | { readonly id: number; readonly fault: string };

/** PNG specification, 5.2: the bytes that every file begins with. */
const PNG_SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

const address = v.pipe(v.string(), v.maxLength(10_000));
const id = v.pipe(v.number(), v.safeInteger());
const png = v.pipe(
  v.instance(Uint8Array),
  v.check((bytes) => PNG_SIGNATURE.every((byte, index) => bytes[index] === byte), 'The picture is not a PNG.'),
);
const fault = v.pipe(v.string(), v.maxLength(1000));

export const panelSchemas: RequestSchemas<PanelRequests> = {
  openAddress: v.nullable(address),
  showAsText: address,
  export: address,
  rasterised: v.union([v.strictObject({ id, png }), v.strictObject({ id, fault })]),
};

const keptState = v.looseObject({ address });

/** The address in what VS Code kept of a page; undefined without one. */
export function keptAddress(state: unknown): string | undefined {
  const { success, output } = v.safeParse(keptState, state);
  return success ? output.address : undefined;
}
