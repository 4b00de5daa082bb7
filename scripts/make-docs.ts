import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTables } from '../src/shared/formats/tables';

/** Writes the README's tables of formats anew from their descriptors; a unit test fails while they differ. */
const path = join(import.meta.dirname, '../README.md');
writeFileSync(path, withTables(readFileSync(path, 'utf8')));
