/**
 * Whether a page from there is a secure context, in which browsers let service workers run, and so VS Code its webviews: https, or
 * this machine (the W3C's "potentially trustworthy origin").
 * @param authority host and port
 */
export function isSecureOrigin(scheme: string, authority: string): boolean {
  if (scheme === 'https') return true;
  const host = authority.replace(/:\d+$/, '').toLowerCase();
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
