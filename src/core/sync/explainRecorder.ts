import type { Format } from '../format';
import type { RecorderFinding } from './recorderFinding';

export interface RecorderExplanation {
  /** Whether the file is what Home Assistant writes its history to. */
  readonly isUsable: boolean;
  /** In a few words: its size and age, or what is wrong. */
  readonly description: string;
  /** Where it lies, or why it is of no use. */
  readonly detail: string;
}

const servers: Readonly<Record<string, string>> = { mysql: 'MariaDB or MySQL', postgresql: 'PostgreSQL' };

/** What was found of the recorder, in words for the user. */
export function explainRecorder({ path, fileBytes, writtenAt, server }: RecorderFinding, format: Format): RecorderExplanation {
  if (server !== null) {
    const detail = `configuration.yaml has the recorder write to ${servers[server] ?? server}, not to ${path}`;
    return { isUsable: false, description: 'not used', detail };
  }
  if (fileBytes === null) return { isUsable: false, description: 'not found', detail: `There is no ${path}` };
  if (fileBytes === 0) return { isUsable: false, description: 'empty', detail: `Home Assistant has written nothing to ${path}` };
  const written = writtenAt === null ? [] : [`written ${format.momentOf(writtenAt)}`];
  return { isUsable: true, description: [format.fileSize(fileBytes), ...written].join(', '), detail: path };
}
