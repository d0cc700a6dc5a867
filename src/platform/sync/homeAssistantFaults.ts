import { HomeAssistantAuthError, HomeAssistantError } from '../../core/errors';
import { SUPERVISOR_URL, type HomeAssistantUrl } from '../../core/sync/homeAssistantUrl';

/** Home Assistant was not reached, or no longer: as while it restarts. It may be worth trying again. */
export class ConnectionLostError extends HomeAssistantError {}

/** An answer was larger than we take in one piece. */
export class AnswerTooLargeError extends HomeAssistantError {}

const CHECK_ADDRESS = 'Check the address and the port: it is 8123 unless it was changed.';
const WAIT = 'Wait until Home Assistant has started, then try again.';

export function refusedToken({ href }: HomeAssistantUrl): HomeAssistantAuthError {
  return href === SUPERVISOR_URL
    ? new HomeAssistantAuthError(
        'The Supervisor does not let this add-on talk to Home Assistant.',
        'Give the address of Home Assistant itself, and a long-lived access token.',
      )
    : new HomeAssistantAuthError(
        'Home Assistant does not accept the access token.',
        'Make a new long-lived access token in Home Assistant, at the end of the Security page of your profile.',
      );
}

/** Nothing that speaks as Home Assistant does. */
export function notHomeAssistant(host: string, how: string): HomeAssistantError {
  return new HomeAssistantError(`What answers at ${host} is not Home Assistant (${how}).`, CHECK_ADDRESS);
}

export function lost(host: string): ConnectionLostError {
  return new ConnectionLostError(`The connection to ${host} was lost.`, WAIT);
}

export function slowToConnect(host: string, seconds: number): ConnectionLostError {
  return new ConnectionLostError(`${host} did not let us in within ${seconds} s.`, CHECK_ADDRESS);
}

/** Not tried again: the same question would take the same time, and Home Assistant is busy enough. */
export function slowToAnswer(host: string, seconds: number): HomeAssistantError {
  const nextStep = 'Try again when it is less busy, or sync from the recorder file.';
  return new HomeAssistantError(`${host} did not answer within ${seconds} s.`, nextStep);
}

/** The HTTP answer that came instead of a WebSocket. @param location that of a redirection */
export function refusedUpgrade(host: string, status: number, location: string | undefined): HomeAssistantError {
  const answer = `HTTP ${status}`;
  if (location !== undefined && status >= 300 && status < 400) {
    const target = URL.parse(location, `http://${host}`)?.origin ?? 'elsewhere';
    return new HomeAssistantError(`${host} sends on to ${target} (${answer}).`, 'Give that address.');
  }
  if (status === 400) {
    return new HomeAssistantError(
      `${host} refuses the connection (${answer}).`,
      'If it is a proxy, name it in Home Assistant’s trusted_proxies.',
    );
  }
  if (status === 401 || status === 403) {
    const nextStep = 'If logins from here failed, remove this computer from ip_bans.yaml and restart Home Assistant.';
    return new HomeAssistantError(`${host} refuses this computer (${answer}).`, nextStep);
  }
  if (status >= 500) return new ConnectionLostError(`Home Assistant at ${host} is not ready (${answer}).`, WAIT);
  return notHomeAssistant(host, answer);
}

const UNKNOWN_NAME = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL']);
const UNREACHABLE = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'ETIMEDOUT', 'EADDRNOTAVAIL']);
const BROKEN_OFF = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);
const CERTIFICATE = /CERT|ISSUER|UNABLE_TO_VERIFY|CRL|CHAIN/;

/** What an error of the socket, of TLS or of the HTTP parser means. */
export function connectionFault(host: string, error: Error & { code?: string | undefined }): HomeAssistantError {
  const { code = '', message } = error;
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
    return new AnswerTooLargeError(
      `${host} answered with more than can be taken at once.`,
      'Sync from the recorder file instead.',
    );
  }
  if (UNKNOWN_NAME.has(code)) {
    return new ConnectionLostError(`There is no ${host} in this network.`, 'Check the name, or give the IP address instead.');
  }
  if (code === 'ECONNREFUSED') {
    return new ConnectionLostError(`Nothing answers at ${host}.`, `Check that Home Assistant is running. ${CHECK_ADDRESS}`);
  }
  if (UNREACHABLE.has(code)) {
    return new ConnectionLostError(`${host} cannot be reached.`, 'Check that this computer is in the same network.');
  }
  if (CERTIFICATE.test(code)) {
    return new HomeAssistantError(
      `${host} shows a certificate that is not trusted here (${code}).`,
      'Give the name that the certificate is for, have its authority trusted by the computer this runs on, or give the http:// address.',
    );
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return new HomeAssistantError(`${host} does not speak https.`, 'Give the address with http:// instead.');
  }
  if (code.startsWith('HPE_')) return notHomeAssistant(host, 'no HTTP');
  if (BROKEN_OFF.has(code)) {
    return new ConnectionLostError(
      `${host} broke the connection off.`,
      'Try again; where it expects https, give the address with https://.',
    );
  }
  return new ConnectionLostError(`The connection to ${host} failed: ${message || code}.`, CHECK_ADDRESS);
}

/** What Home Assistant answered instead of a history. @param isStarting whether it said to be still starting */
export function refusedRequest(code: string, message: string, isStarting: boolean): HomeAssistantError {
  if (isStarting) return new HomeAssistantError('Home Assistant is still starting.', WAIT);
  if (code === 'unknown_command') {
    return new HomeAssistantError(
      'Home Assistant has no history: its History integration is not loaded.',
      'Add `history:` (or `default_config:`) to configuration.yaml and restart Home Assistant.',
    );
  }
  if (code === 'unauthorized') {
    return new HomeAssistantError('The user of the access token may not read history.', 'Use a token of an administrator.');
  }
  return new HomeAssistantError(
    `Home Assistant cannot give its history: ${message} (${code}).`,
    'Look into the log of Home Assistant, or sync from the recorder file.',
  );
}
