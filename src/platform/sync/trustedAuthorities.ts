import * as tls from 'node:tls';

/**
 * Certificates (PEM) of the authorities that this computer trusts: those that Node brings along and those of the system, where
 * a household's own authority is usually installed. Undefined, which leaves Node's own, where the runtime cannot tell.
 */
export function trustedAuthorities(): string[] | undefined {
  // VS Code's build of Node has its own TLS library, so what Node has need not be there.
  const read = (tls as Partial<typeof tls>).getCACertificates;
  return read && [...new Set([...read('default'), ...read('system')])];
}
