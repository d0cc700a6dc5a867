import * as vscode from 'vscode';
import { type PriorsAddress, readPriorsAddress, writePriorsAddress } from '../../core/priors/priorsAddress';
import type { TreeNode } from '../../core/tree/nodes';
import type { PriorsRequests } from '../../protocol/priorsProtocol';
import type { Databases } from '../databases';
import type { PriorsDocuments } from '../documents/priorsDocuments';
import type { ViewPanels } from '../panels/viewPanels';
import { wantsWebview } from '../panels/webviewsRender';
import { pickArea, type PickedArea } from '../pickArea';

/** Opens the priors of an area, or of two, as a webview or as text. */
export class PriorsCommands {
  readonly #databases: Databases;
  readonly #documents: PriorsDocuments;
  readonly #panels: ViewPanels<PriorsRequests>;

  constructor(databases: Databases, documents: PriorsDocuments, panels: ViewPanels<PriorsRequests>) {
    this.#databases = databases;
    this.#documents = documents;
    this.#panels = panels;
  }

  /** Of the row that it is run on, of both where two are selected, of what the address says; or asks which area it is to be of. */
  async show(of?: TreeNode | PriorsAddress, selected: readonly TreeNode[] = []): Promise<void> {
    if (of && !('kind' in of)) return this.#open(of);
    const [first, second] = areasOf(of, selected);
    if (first && second) return this.#compare(first, second);
    const picked = first ?? (await pickArea(this.#databases, vscode.l10n.t('Show Priors')));
    if (picked) await this.#open({ ...picked, other: null });
  }

  /** Two areas: those that are selected, or that of the row or of the view that is active and one that the user picks. */
  async compare(of?: TreeNode, selected: readonly TreeNode[] = []): Promise<void> {
    const title = vscode.l10n.t('Compare Priors');
    const areas = areasOf(of, selected);
    const first = areas[0] ?? this.#active ?? (await pickArea(this.#databases, title));
    if (!first) return;
    const second = areas[1] ?? (await pickArea(this.#databases, vscode.l10n.t('Compare Priors of {0} with', first.area), first));
    if (second) await this.#compare(first, second);
  }

  get #active(): PickedArea | undefined {
    const query = this.#panels.active ?? this.#documents.documents.active?.document.uri.query;
    const address = query === undefined ? undefined : readPriorsAddress(query);
    return address && { database: address.database, area: address.area };
  }

  async #compare(first: PickedArea, second: PickedArea): Promise<void> {
    if (first.database === second.database) return this.#open({ ...first, other: second.area });
    void vscode.window.showInformationMessage(
      vscode.l10n.t('These areas are of two databases. Areas of one database can be compared.'),
    );
  }

  async #open(address: PriorsAddress): Promise<void> {
    if (await wantsWebview()) this.#panels.open(writePriorsAddress(address));
    else await this.#documents.open(address);
  }
}

/** The areas of the rows that a command is run on, each once. VS Code gives the row clicked on, and all that are selected with it. */
function areasOf(of: TreeNode | undefined, selected: readonly TreeNode[]): PickedArea[] {
  const rows = selected.length > 0 ? selected : of ? [of] : [];
  const areas = rows.flatMap((row) => {
    if (row.kind === 'area') return [{ database: row.database, area: row.area.areaName }];
    return row.kind === 'priors' ? [{ database: row.database, area: row.areaName }] : [];
  });
  return [...new Map(areas.map((area) => [`${area.database}\n${area.area}`, area])).values()];
}
