import * as vscode from 'vscode';
import { isOccupancyError } from '../core/errors';
import { tokenProblem } from '../core/sync/accessToken';
import { parseHomeAssistantUrl, SUPERVISOR_URL } from '../core/sync/homeAssistantUrl';
import { escapeIcons } from './escapeIcons';
import { HomeAssistantTokens } from './homeAssistantTokens';

interface Access {
  readonly url: string;
  readonly token: string;
}

interface AddressItem extends vscode.QuickPickItem {
  /** undefined: one is to be typed. */
  readonly url: string | undefined;
}

const FIRST_GUESS = 'http://homeassistant.local:8123';

/** Where Home Assistant is and what lets us in; asks for what is not known yet. */
export class HomeAssistantAccess {
  readonly #tokens: HomeAssistantTokens;

  constructor({ secrets, globalState }: Pick<vscode.ExtensionContext, 'secrets' | 'globalState'>) {
    this.#tokens = new HomeAssistantTokens(secrets, globalState);
  }

  /**
   * @param known the address, where it was chosen already
   * @returns undefined when the user gives none
   */
  async choose(known?: string): Promise<Access | undefined> {
    const url = known ?? (await this.#chooseAddress());
    if (url === undefined) return undefined;
    const supervisorToken = url === SUPERVISOR_URL ? process.env['SUPERVISOR_TOKEN'] : undefined;
    if (supervisorToken) return { url, token: supervisorToken };
    const token = (await this.#tokens.recall(url)) ?? (await askToken(url));
    if (token === undefined) return undefined;
    await this.#tokens.keep(url, token);
    return { url, token };
  }

  /** The token that was refused, so that another is asked for. */
  forget(url: string): Promise<void> {
    return this.#tokens.forgetToken(url);
  }

  async #chooseAddress(): Promise<string | undefined> {
    const items = this.#addresses();
    if (items.length === 0) return askAddress();
    const other = { label: vscode.l10n.t('Another address…'), iconPath: new vscode.ThemeIcon('edit'), url: undefined };
    const chosen = await this.#pick([...items, other]);
    return chosen && (chosen.url ?? (await askAddress()));
  }

  /** Those that were used, and this very Home Assistant where we run inside of one of its add-ons. */
  #addresses(): readonly AddressItem[] {
    const iconPath = new vscode.ThemeIcon('home');
    const forget = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Forget Address and Token') };
    const known = this.#tokens.urls.map((url): AddressItem => ({ label: escapeIcons(url), iconPath, buttons: [forget], url }));
    if (!process.env['SUPERVISOR_TOKEN']) return known;
    const label = vscode.l10n.t('This Home Assistant');
    const description = vscode.l10n.t('through the Supervisor, without a token');
    return [{ label, description, iconPath, url: SUPERVISOR_URL }, ...known.filter(({ url }) => url !== SUPERVISOR_URL)];
  }

  #pick(items: readonly AddressItem[]): Promise<AddressItem | undefined> {
    const picker = vscode.window.createQuickPick<AddressItem>();
    picker.title = vscode.l10n.t('Sync: Which Home Assistant');
    picker.items = items;
    const { promise, resolve } = Promise.withResolvers<AddressItem | undefined>();
    picker.onDidTriggerItemButton(({ item }) => {
      picker.items = picker.items.filter((shown) => shown !== item);
      if (item.url !== undefined) this.#tokens.forget(item.url).catch(showForgetFault);
    });
    picker.onDidAccept(() => resolve(picker.selectedItems[0]));
    picker.onDidHide(() => resolve(undefined));
    picker.show();
    return promise.finally(() => picker.dispose());
  }
}

function showForgetFault(error: unknown): void {
  const detail = error instanceof Error ? error.message : String(error);
  void vscode.window.showErrorMessage(vscode.l10n.t('The token could not be removed from the secret storage: {0}', detail));
}

/** In the form under which its token is kept. */
async function askAddress(): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Sync: Address of Home Assistant'),
    prompt: vscode.l10n.t('As the browser shows it.'),
    placeHolder: FIRST_GUESS,
    value: FIRST_GUESS,
    ignoreFocusOut: true,
    validateInput: addressProblem,
  });
  return text === undefined ? undefined : parseHomeAssistantUrl(text).href;
}

function addressProblem(text: string): string | undefined {
  try {
    parseHomeAssistantUrl(text);
    return undefined;
  } catch (error) {
    return isOccupancyError(error) ? `${error.message} ${error.nextStep}` : String(error);
  }
}

/** Stays open while the user fetches the token from the browser. */
async function askToken(url: string): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Sync: Access Token for {0}', url),
    prompt: vscode.l10n.t(
      'Make one under Long-lived access tokens at the end of {0}. It is kept in the secret storage.',
      `${url}/profile/security`,
    ),
    placeHolder: vscode.l10n.t('Long-lived access token'),
    password: true,
    ignoreFocusOut: true,
    validateInput: tokenProblem,
  });
  return text?.trim();
}
