import type { RecordFormat, Value } from './recordFormat';

/** One array of objects, one to a line. */
export function jsonFormat(names: readonly string[]): RecordFormat {
  const object = objectWriter(names);
  return {
    head: '[',
    tail: (count) => (count === 0 ? ']\n' : '\n]\n'),
    record: (values, index) => `${index === 0 ? '' : ','}\n${object(values)}`,
  };
}

/** An object a line. */
export function ndjsonFormat(names: readonly string[]): RecordFormat {
  const object = objectWriter(names);
  return { head: '', tail: () => '', record: (values) => `${object(values)}\n` };
}

function objectWriter(names: readonly string[]): (values: readonly Value[]) => string {
  const keys = names.map((name, index) => `${index === 0 ? '' : ','}${JSON.stringify(name)}:`);
  return (values) => {
    let text = '{';
    for (const [index, key] of keys.entries()) text += key + JSON.stringify(values[index] ?? null);
    return `${text}}`;
  };
}
