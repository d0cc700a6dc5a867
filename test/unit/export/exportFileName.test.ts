import { describe, expect, it } from 'vitest';
import { exportFileName } from '../../../src/core/export/exportFileName';

describe('the name of an export', () => {
  it.each([
    [['Kitchen', 'intervals', '2026-11-24'], 'Kitchen intervals 2026-11-24.csv'],
    [['Büro', 'priors'], 'Büro priors.csv'],
    [['חדר שינה', 'intervals'], 'חדר שינה intervals.csv'],
    [['../../etc/passwd'], '_.._etc_passwd.csv'],
    [['a/b\\c:d*e?"<>|', 'x'], 'a_b_c_d_e_ x.csv'],
    [['\u202Eevil', 'x'], '_evil x.csv'],
    [[' . '], 'export.csv'],
    [['x'.repeat(500)], `${'x'.repeat(60)}.csv`],
    [['🏠'.repeat(100)], `${'🏠'.repeat(60)}.csv`],
  ])('%j', (parts, name) => {
    expect(exportFileName(parts, 'csv')).toBe(name);
  });
});
