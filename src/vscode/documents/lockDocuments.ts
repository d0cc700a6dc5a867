import { basename } from 'node:path';
import * as vscode from 'vscode';
import { explainLock } from '../../core/lock/explainLock';
import { describeGuarantee } from '../../core/lock/describeGuarantee';
import type { LockGuarantee } from '../../core/lock/lock';
import type { LockInspection } from '../../core/lock/lockInspection';
import { wrap } from '../../core/wrap';
import type { Databases } from '../databases';
import { documentSchemes } from '../ids';
import { pickDatabase, type OfDatabase } from '../pickDatabase';
import { LiveDocuments, type DocumentSource, type DrawnDocument } from './liveDocuments';

/** Width of the text, since an editor does not wrap by itself. */
const COLUMNS = 68;

/** What is known of a lock, as text that follows it. The address is the path of the database. */
export class LockDocuments implements DocumentSource<DrawnDocument>, vscode.Disposable {
  readonly scheme = documentSchemes.lock;
  readonly #databases: Databases;
  readonly #documents: LiveDocuments<DrawnDocument>;

  constructor(databases: Databases) {
    this.#databases = databases;
    this.#documents = new LiveDocuments(this, databases.onDidChangeLock);
  }

  async show(of?: OfDatabase): Promise<void> {
    const session = await pickDatabase(this.#databases, of, vscode.l10n.t('Show Lock'));
    if (session) await this.#documents.open(`${basename(session.path)}.lock.txt`, session.path);
  }

  async draw(path: string): Promise<DrawnDocument> {
    const { reader } = this.#databases.get(path);
    const [inspection, { guarantee }] = await Promise.all([reader.inspectLock(), reader.getLockMetrics()]);
    return { text: describe(inspection, guarantee), spans: [] };
  }

  dispose(): void {
    this.#documents.dispose();
  }
}

function describe(inspection: LockInspection, guarantee: LockGuarantee | null): string {
  const { headline, meaning, facts: seen } = explainLock(inspection);
  const facts = [...seen, { name: 'Our latest use rested on', value: describeGuarantee(guarantee) }];
  const width = Math.max(0, ...facts.map(({ name }) => name.length));
  return [
    `${headline}.`,
    ...wrap(meaning, COLUMNS),
    '',
    inspection.path,
    ...facts.map(({ name, value }) => `  ${name.padEnd(width)}  ${value}`),
    '',
    ...inspection.evidence.flatMap((sentence) =>
      wrap(sentence, COLUMNS).map((line, index) => `${index === 0 ? '-' : ' '} ${line}`),
    ),
    ...(inspection.state === 'stale' ? ['', vscode.l10n.t('To remove it, run "Area Occupancy: Clear Stale Lock".')] : []),
    '',
  ].join('\n');
}
