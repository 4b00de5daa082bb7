import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Global set-up of both test runners: temporary files of a run lie in one folder, which goes when the run ends. */
export default function useTemporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'halfspace-tests-'));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
