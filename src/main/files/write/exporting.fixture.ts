import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { HalfspaceDocument } from '../../../shared/document/types';
import type { ExportFormat } from '../../../shared/formats/index';
import { exportOptionsSchema, type ExportOptions } from '../../../shared/formats/options';
import { openManifold, type ManifoldApi } from '../../../shared/geometry/manifold';
import type { TriangleMesh } from '../../../shared/geometry/types';
import type { Result } from '../../../shared/result';
import { exportDocument, type ExportReport } from './export';
import { threeBoxes } from './fixtures';

export interface Exporting {
  readonly folder: string;
  try(
    format: ExportFormat,
    name: string,
    options?: Partial<ExportOptions>,
    document?: HalfspaceDocument,
    visual?: TriangleMesh | null,
  ): Promise<Result<ExportReport>>;
  /** Writes to a name in the folder of the tests and throws where that fails. */
  write(...request: Parameters<Exporting['try']>): Promise<ExportReport>;
  text(name: string): Promise<string>;
  bytes(name: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** A folder of its own for the exports of a test file, gone after them. */
export function exporting(): Exporting {
  let folder = '';
  let manifold: ManifoldApi;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'halfspace-export-'));
    manifold = await openManifold();
  });
  afterAll(() => rm(folder, { recursive: true }));
  const tried: Exporting['try'] = (format, name, options = {}, document = threeBoxes('z'), visual = null) =>
    exportDocument({
      document,
      format,
      options: exportOptionsSchema.parse(options),
      destination: join(folder, name),
      visual,
      manifold,
    });
  return {
    get folder() {
      return folder;
    },
    try: tried,
    write: async (...request) => {
      const result = await tried(...request);
      if (!result.ok) throw new Error(result.error.message);
      return result.value;
    },
    text: (name) => readFile(join(folder, name), 'utf8'),
    bytes: async (name) => new Uint8Array(await readFile(join(folder, name))),
  };
}
