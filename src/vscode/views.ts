import type * as vscode from 'vscode';
import type { ViewEvent } from '../protocol/viewProtocol';
import { viewTypes } from './ids';

export type ViewType = (typeof viewTypes)[keyof typeof viewTypes];

/** A view as it is shown, whether drawn or as text: the address of either is the same. */
export interface ShownView {
  readonly viewType: ViewType;
  readonly address: string;
}

/** A kind of view, drawn and as text. */
export interface View {
  readonly panels: {
    /** Whether one can be seen. */
    readonly visible: boolean;
    /** Address of the one that is active. */
    readonly active: string | undefined;
    rasteriser(address: string): ((svg: string) => Promise<Uint8Array>) | undefined;
    showActiveAsText(): Promise<boolean>;
    open(address: string, event?: ViewEvent): void;
  };
  readonly documents: {
    /** Whether one can be seen. */
    readonly visible: boolean;
    /** The editor of the one that is active. */
    readonly active: vscode.TextEditor | undefined;
  };
}

/** All kinds of view. */
export type Views = Readonly<Record<ViewType, View>>;

/** The view that is active; undefined where none of ours is. */
export function activeView(views: Views): ShownView | undefined {
  for (const viewType of Object.values(viewTypes)) {
    const { panels, documents } = views[viewType];
    const address = panels.active ?? documents.active?.document.uri.query;
    if (address !== undefined) return { viewType, address };
  }
  return undefined;
}
