import * as vscode from 'vscode';
import { prometheusText } from '../../core/metrics/prometheusText';
import type { DatabaseSession } from '../databaseSession';
import type { ExportOffer } from './exportOffer';

/** What can be exported of the metrics of a lock. */
export function lockMetricsOffers({ name, reader }: DatabaseSession): readonly ExportOffer[] {
  return [
    {
      label: vscode.l10n.t('Lock metrics of {0}', name),
      fileName: [name.replace(/\.db$/, ''), 'lock metrics'],
      content: {
        kind: 'text',
        forms: [
          {
            ending: 'json',
            label: 'JSON',
            description: vscode.l10n.t('all that was counted, as it is kept'),
            text: async () => `${JSON.stringify(await reader.getLockMetrics(), null, 2)}\n`,
          },
          {
            ending: 'prom',
            label: 'Prometheus',
            description: vscode.l10n.t('text that a Prometheus collector reads'),
            text: async () => prometheusText([await reader.getLockMetrics()]),
          },
        ],
      },
    },
  ];
}
