/** Whether this is the address of a file that has no path on this computer, `vscode-vfs://…`: a drive's letter is no scheme. */
export function isVirtualPath(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(path);
}

/** The file's name in its folder, of an address as VS Code writes it. */
export function virtualFileName(address: string): string {
  const path = address.replace(/[?#].*$/, '');
  return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
}

export function virtualScheme(address: string): string {
  return address.slice(0, address.indexOf(':'));
}
