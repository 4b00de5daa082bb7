import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withTables } from '../src/shared/formats/tables';

describe('the README', () => {
  it('has the tables that the descriptors of the formats give: `npm run docs` writes them', () => {
    const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
    expect(readme).toBe(withTables(readme));
  });

  it('is refused where it has no place for a table', () => {
    expect(() => withTables('# Halfspace')).toThrow('formats read');
  });
});
