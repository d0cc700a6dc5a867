/** The command line that runs npm with these arguments, the same npm that runs us where there is one. */
export function npmCommand(args: readonly string[]): readonly [command: string, args: readonly string[]] {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('.js')) return [process.execPath, [script, ...args]];
  return ['npm', args];
}
