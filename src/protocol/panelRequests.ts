import * as v from 'valibot';
import type { RequestSchemas } from './viewProtocol';

/** What every page may ask, whatever it shows. */
export interface PanelRequests {
  /** Which address the page is to show: the first request of all. With an address, the panel is of that from now on. */
  readonly openAddress: { readonly params: string | null; readonly result: string };
  /** Shows an address as text instead, and closes the panel. */
  readonly showAsText: { readonly params: string; readonly result: void };
}

const address = v.pipe(v.string(), v.maxLength(10_000));

export const panelSchemas: RequestSchemas<PanelRequests> = { openAddress: v.nullable(address), showAsText: address };

const keptState = v.looseObject({ address });

/** The address in what VS Code kept of a page; undefined without one. */
export function keptAddress(state: unknown): string | undefined {
  const { success, output } = v.safeParse(keptState, state);
  return success ? output.address : undefined;
}
