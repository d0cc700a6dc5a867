/** Whether this is the address of a file that has no path on this computer, `vscode-vfs://…` or `memfs:/…`: a drive's letter is no scheme. */
export function isVirtualPath(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\//i.test(path);
}

/** A path as it is; of an address, as VS Code writes it, the path in it as a person reads it. */
export function readablePath(path: string): string {
  return isVirtualPath(path) ? decodeURIComponent(path.replace(/^[^:]*:|[?#].*$/g, '')) : path;
}

/** The file's name in its folder. */
export function virtualFileName(address: string): string {
  const path = readablePath(address);
  return path.slice(path.lastIndexOf('/') + 1);
}

export function virtualScheme(address: string): string {
  return address.slice(0, address.indexOf(':'));
}
