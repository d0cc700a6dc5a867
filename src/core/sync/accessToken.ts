/** What keeps `text` from being an access token, as a sentence; undefined when nothing does. Only Home Assistant knows the rest. */
export function tokenProblem(text: string): string | undefined {
  const token = text.trim();
  if (token === '') return 'Paste the access token.';
  if (/\s/.test(token)) return 'An access token has no spaces or line breaks.';
  if (/^(https?|wss?):/i.test(token)) return 'This is an address; paste the access token.';
  return undefined;
}
