import { basename } from 'node:path';
import * as vscode from 'vscode';
import { prometheusText } from '../../core/metrics/prometheusText';
import type { Databases } from '../databases';
import { databaseOf } from '../documents/lockMetricsDocuments';
import { offer } from '../offer';
import { pickDatabase, type OfDatabase } from '../pickDatabase';
import { chooseTarget } from './chooseTarget';
import { saveWhole } from './saveWhole';

/** Writes what was measured into a file that the user names; what it ends in says how. */
export async function exportLockMetrics(databases: Databases, of?: OfDatabase | vscode.Uri): Promise<void> {
  const session = await pickDatabase(databases, databaseOf(of), vscode.l10n.t('Export Lock Metrics'));
  if (!session) return;
  const metrics = await session.reader.getLockMetrics();
  const filters = { JSON: ['json'], [vscode.l10n.t('Prometheus text')]: ['prom'] };
  const target = await chooseTarget(databases, vscode.l10n.t('Export Lock Metrics'), 'lock-metrics.json', filters);
  if (!target) return;
  const text = target.path.endsWith('.prom') ? prometheusText([metrics]) : `${JSON.stringify(metrics, null, 2)}\n`;
  await saveWhole(target, new TextEncoder().encode(text));
  void offer('information', vscode.l10n.t('Wrote the lock metrics to {0}.', basename(target.path)), {
    title: vscode.l10n.t('Open'),
    run: () => vscode.window.showTextDocument(target),
  });
}
