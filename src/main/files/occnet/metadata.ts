import { ok, type Result } from '../../../shared/result';
import { badFile } from '../read/problems';

/** A class of the dataset: its folder's name and what people call it. */
export interface OccnetClass {
  readonly synset: string;
  readonly name: string;
}

const MAXIMUM_CLASSES = 1000;

/**
 * Reads metadata.yaml of Occupancy Networks' dataset: a map from synset to `id` and `name`, in YAML's block form or in
 * its JSON form. Nothing else of YAML is read; a line of another form is an error that names it.
 */
export function parseMetadata(text: string, file: string): Result<OccnetClass[]> {
  const entries = text.trimStart().startsWith('{') ? parseFlow(text, file) : parseBlock(text, file);
  if (!entries.ok) return entries;
  const classes: OccnetClass[] = [];
  for (const [synset, name] of entries.value) {
    if (!isFolderName(synset))
      return bad(file, `class ${classes.length + 1}`, 'its synset is no folder name');
    classes.push({ synset, name: name || synset });
  }
  if (classes.length === 0) return bad(file, 'the file', 'it lists no class');
  if (classes.length > MAXIMUM_CLASSES) return bad(file, 'the file', `it lists ${classes.length} classes`);
  return ok(classes);
}

/** Whether a name stays in its folder. */
export function isFolderName(name: string): boolean {
  return /^[^/\\:\p{Cc}]{1,200}$/u.test(name) && !/^\.{1,2}$/.test(name);
}

function parseFlow(text: string, file: string): Result<Map<string, string>> {
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Answered below.
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return bad(file, 'the file', 'it is no valid JSON object');
  }
  const names = new Map<string, string>();
  for (const [synset, value] of Object.entries(parsed)) {
    const name: unknown =
      typeof value === 'object' && value !== null ? (value as { name?: unknown }).name : '';
    if (typeof name !== 'string') return bad(file, `class ${synset}`, 'its name is no text');
    names.set(synset, name);
  }
  return ok(names);
}

function parseBlock(text: string, file: string): Result<Map<string, string>> {
  const names = new Map<string, string>();
  let synset: string | null = null;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#.*)?$/.test(line) || line === '---') continue;
    const match = /^(\s*)(?:'([^']*)'|"([^"]*)"|([\w-]+))\s*:\s*(.*?)\s*$/.exec(line);
    if (!match) return bad(file, `line ${index + 1}`, '"key: value" is needed');
    const key: string = match[2] ?? match[3] ?? match[4];
    if (match[1] === '') {
      if (match[5] !== '')
        return bad(file, `line ${index + 1}`, 'a synset holds lines of id and name below it');
      if (names.has(key)) return bad(file, `line ${index + 1}`, `${key} occurs twice`);
      synset = key;
      names.set(synset, '');
    } else if (synset === null) {
      return bad(file, `line ${index + 1}`, 'it stands below no synset');
    } else if (key === 'name') {
      names.set(synset, match[5].replace(/^(['"])(.*)\1$/, '$2'));
    }
  }
  return ok(names);
}

function bad(file: string, place: string, what: string): ReturnType<typeof badFile> {
  return badFile(
    'file-damaged',
    file,
    place,
    what,
    "Use metadata.yaml of Occupancy Networks' dataset, or remove it.",
  );
}
