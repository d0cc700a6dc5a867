export * from '../../src/core/sql/aodTables.ts';
