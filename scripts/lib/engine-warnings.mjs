/**
 * Packages that ask for a newer Node than ours and do not need it. They fetch and unpack Electron, which works on Node
 * 20.19 as well: electron-installer.test.ts holds them to that.
 */
const known = ['electron', '@electron/get', '@electron-internal/extract-zip'];

const WARNING =
  /^npm warn EBADENGINE Unsupported engine \{\n(?:npm warn EBADENGINE {2,}.*\n)*npm warn EBADENGINE \}\n?/gim;

/**
 * What npm printed, without its warnings of the known packages' engines; every other line stays as it is.
 * @param {string} output
 * @returns {{rest: string, explanation: string | null}} one sentence in place of the warnings left out, null for none
 */
export function withoutKnownEngines(output) {
  let wanted = null;
  const rest = output.replaceAll('\r\n', '\n').replace(WARNING, (warning) => {
    const name = /package: '(.+)@[^@']+'/.exec(warning)?.[1];
    const node = /required: \{ node: '>= ?(22[\d.]*)' \}/.exec(warning)?.[1];
    if (!known.includes(name) || node === undefined) return warning;
    wanted = node;
    return '';
  });
  return {
    rest: rest.trim(),
    explanation:
      wanted &&
      `Electron's installer asks for Node ${wanted}; it works on this Node ${process.versions.node} as well, so npm's warnings of it are left out`,
  };
}
