import { getCACertificates } from 'node:tls';

/**
 * Certificates (PEM) of the authorities that this computer trusts: those that Node brings along and those of the system, where
 * a household's own authority is usually installed. Undefined, which leaves Node's own, where the runtime cannot tell.
 */
export function trustedAuthorities(): string[] | undefined {
  try {
    return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
  } catch {
    // VS Code's own build of Node has another TLS library, and may not know how.
    return undefined;
  }
}
