import { describe, expect, it } from 'vitest';
import { withoutKnownEngines } from './engine-warnings.mjs';

/** As npm 10 and npm 11 print it. */
const warning = (name: string, required: string): string =>
  [
    'npm warn EBADENGINE Unsupported engine {',
    `npm warn EBADENGINE   package: '${name}',`,
    `npm warn EBADENGINE   required: ${required},`,
    "npm warn EBADENGINE   current: { node: 'v20.19.0', npm: '10.8.2' }",
    'npm warn EBADENGINE }\n',
  ].join('\n');

const extractor = warning('@electron-internal/extract-zip@1.0.8', "{ node: '>=22.12.0' }");
const fetcher = warning('@electron/get@5.1.0', "{ node: '>=22.12.0' }");
const electron = warning('electron@45.4.1', "{ node: '>= 22.12.0' }");
const other = warning('sharp@9.0.0', "{ node: '>=24.0.0' }");

describe("npm's warnings of engines", () => {
  it("become one sentence where they are of Electron's installer", () => {
    const { rest, explanation } = withoutKnownEngines(
      `${extractor}${fetcher}${electron}\nadded 294 packages in 16s\n`,
    );
    expect(rest).toBe('added 294 packages in 16s');
    expect(explanation).toMatch(/^Electron's installer asks for Node 22\.12\.0; it works on this Node \d/);
    expect(explanation).not.toContain('\n');
  });

  it('stay where they are of anything else, and so does every other warning', () => {
    const deprecated = 'npm warn deprecated tar@2.0.0: no longer kept\n';
    const { rest, explanation } = withoutKnownEngines(
      `${deprecated}${extractor}${other}${electron}added 1 package\n`,
    );
    expect(rest).toBe(`${deprecated}${other}added 1 package`);
    expect(explanation).not.toBeNull();
    expect(withoutKnownEngines(`${deprecated}${other}`).explanation).toBeNull();
  });

  it('stay where a known package asks for something that nobody has tried', () => {
    for (const required of ["{ node: '>=24.0.0' }", "{ node: '>=22.12.0', npm: '>=12' }"]) {
      const newer = warning('@electron/get@6.0.0', required);
      expect(withoutKnownEngines(newer)).toEqual({ rest: newer.trim(), explanation: null });
    }
  });

  it('are found in the line ends of Windows', () => {
    expect(withoutKnownEngines(electron.replaceAll('\n', '\r\n')).rest).toBe('');
  });
});
