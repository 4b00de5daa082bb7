import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobRequest } from '../../shared/contract/jobs';
import { FITTED_MUG, MUG, PICTURE, RECONSTRUCTED_CHAIR, timeless } from '../../shared/contract/work.fixture';
import type { HalfspaceDocument } from '../../shared/document/types';
import type { ChildEngine } from '../engine/hosts/child';
import type { Command, OptionValues } from './command';
import { fitCommand } from './fit';
import { reconstructCommand } from './reconstruct';

const ANSWERS: Partial<Record<JobRequest['kind'], unknown>> = {
  open: MUG.opened,
  fit: MUG.fit,
  'inspect-image': PICTURE.seen,
  reconstruct: PICTURE.made,
};

/** The document that a command saves when the engine answers as the fixture says. */
async function saved(command: Command, input: string, values: OptionValues): Promise<HalfspaceDocument> {
  const documents: HalfspaceDocument[] = [];
  const engine: Pick<ChildEngine, 'grant' | 'close'> & { client: unknown } = {
    client: {
      run: async (request: JobRequest) => {
        if (request.kind === 'save-project') {
          documents.push(request.document);
          return { ok: true, value: { files: [], notes: [] } };
        }
        return { ok: true, value: ANSWERS[request.kind] };
      },
    },
    grant: (path) => path,
    close: async () => undefined,
  };
  const done = await command.run({
    positionals: [input],
    values,
    seed: 1,
    signal: new AbortController().signal,
    engine: () => engine as ChildEngine,
    progress: () => undefined,
  });
  expect(done).toMatchObject({ ok: true });
  expect(documents).toHaveLength(1);
  return documents[0];
}

describe('the command line writes the document that the window makes', () => {
  let folder = '';
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'halfspace-documents-'))));
  afterAll(() => rm(folder, { recursive: true }));

  it('of a fit', async () => {
    const document = await saved(fitCommand, join(folder, MUG.file), { output: 'mug.halfspace' });
    expect(timeless(document)).toEqual(FITTED_MUG);
  });

  it('of a reconstruction, with the box and what the model looked at', async () => {
    const input = join(folder, PICTURE.file);
    await writeFile(input, new Uint8Array(PICTURE.bytes));
    const { x, y, width, height } = PICTURE.box;
    const document = await saved(reconstructCommand, input, {
      output: 'chair.halfspace',
      box: [x, y, width, height].join(),
    });
    expect(timeless(document)).toEqual(RECONSTRUCTED_CHAIR);
  });
});
