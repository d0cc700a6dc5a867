import { InvalidDataError } from '../errors';

/** Where a Home Assistant answers. */
export interface HomeAssistantUrl {
  /** The same for every way to write the address, such as `http://homeassistant.local:8123`. */
  readonly href: string;
  /** Of its WebSocket API. */
  readonly webSocket: string;
  /** Host, and port where it is not the scheme's own. */
  readonly host: string;
}

/** The address that the Supervisor gives Home Assistant inside of an add-on. */
export const SUPERVISOR_URL = 'http://supervisor/core';

const KNOWN_SCHEME = /^(https?|wss?):\/*/i;
const ANY_SCHEME = /^[a-z][a-z\d+.-]*:\/\//i;
const DEFAULT_PORT = '8123';
const NEXT_STEP = 'Give the address as the browser shows it, such as http://homeassistant.local:8123.';

/**
 * Reads an address in any form that users give: of the web page or of the WebSocket, with a path (Home Assistant itself always
 * lives at the root) or without, a host alone, or the Supervisor's proxy, whose socket lies elsewhere.
 * @throws InvalidDataError that does not repeat the text: it may be a token that was pasted into the wrong box
 */
export function parseHomeAssistantUrl(text: string): HomeAssistantUrl {
  const url = readUrl(text.trim());
  if (url.username || url.password) {
    throw new InvalidDataError(
      'The address of Home Assistant holds a user name or a password.',
      'Leave it out; a token is asked for.',
    );
  }
  const proxied = url.hostname === 'supervisor' || /^\/core(\/|$)/.test(url.pathname);
  const href = url.origin + (proxied ? '/core' : '');
  return { href, webSocket: `ws${href.slice('http'.length)}${proxied ? '/websocket' : '/api/websocket'}`, host: url.host };
}

function readUrl(text: string): URL {
  const scheme = KNOWN_SCHEME.exec(text);
  if (!scheme && ANY_SCHEME.test(text)) {
    throw new InvalidDataError('The address of Home Assistant begins with neither http:// nor https://.', NEXT_STEP);
  }
  const rest = text.slice(scheme?.[0].length ?? 0);
  const secure = /^(https|wss)$/i.test(scheme?.[1] ?? '');
  const url = URL.parse(`${secure ? 'https' : 'http'}://${rest}`);
  if (!url || !isHostName(url.hostname)) throw new InvalidDataError('This is not an address of Home Assistant.', NEXT_STEP);
  const hasPort = /^[^/?#]*:\d+([/?#]|$)/.test(rest);
  if (!scheme && !hasPort && url.hostname !== 'supervisor') url.port = DEFAULT_PORT;
  return url;
}

/** Lengths as RFC 1035 allows them: a token has dots too, but parts that are longer than any name's. */
function isHostName(name: string): boolean {
  return (
    name.length <= 253 &&
    name.split('.').every((label, index, all) => label.length <= 63 && (label !== '' || (index > 0 && index === all.length - 1)))
  );
}
