import { expect, it } from 'vitest';
import { createStatements } from '../../../src/core/sql/aodTables';
import { createStatements as asReleased, type SchemaVersion } from '../../support/occupancySchema.mts';

it.each<SchemaVersion>([2, 3, 16, 18])('the tables that a recovery knows are those of db_version %i', (version) => {
  expect(createStatements(version)).toEqual(asReleased(version));
});
