import { basename } from 'node:path';
import { strFromU8, strToU8, zipSync, type Zippable } from 'fflate';
import { z } from 'zod';
import type { WrittenFile } from '../../../shared/contract/jobs';
import { DOCUMENT_FIELDS, documentSchema } from '../../../shared/document/fields';
import { fileVersion } from '../../../shared/document/records';
import { settleParts } from '../../../shared/document/plane-range';
import type { HalfspaceDocument } from '../../../shared/document/types';
import { fail, ok, ProblemError, type Problem, type Result } from '../../../shared/result';
import { writeFileAtomic } from '../atomic';
import { openZip, readEntry, type StreamedEntry } from '../read/zip-stream';

/** The file a shape was made from, as it travels inside a project. */
export interface ProjectSource {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly camera: { readonly name: string; readonly bytes: Uint8Array } | null;
}

export interface Project {
  readonly document: HalfspaceDocument;
  readonly source: ProjectSource | null;
}

/** The newest version of the format that this code reads; it reads all older ones, too. */
const VERSION = 2;
const MAXIMUM_ENTRIES = 16;
/** A document of 512 parts with 256 planes each is about 20 MB of text. */
const MAXIMUM_DOCUMENT_BYTES = 64 * 1024 * 1024;
const MAXIMUM_SOURCE_BYTES = 512 * 1024 * 1024;

const manifestSchema = z.object({
  format: z.literal('halfspace'),
  version: z.int().positive(),
  source: z.string().nullable(),
  camera: z.string().nullable(),
});

/**
 * Writes a `.halfspace` project: a zip of `manifest.json`, `document.json` (planes, edits, recipe) and the source's
 * bytes. Saved atomically: the file is the old one or the new one, whatever happens.
 */
export async function writeProject(path: string, project: Project): Promise<Result<readonly WrittenFile[]>> {
  const { document, source } = project;
  const sourceName = source && basename(source.name);
  const cameraName = source?.camera ? basename(source.camera.name) : null;
  const manifest = {
    format: 'halfspace',
    version: fileVersion<HalfspaceDocument>(DOCUMENT_FIELDS, document),
    source: sourceName,
    camera: cameraName,
  };
  // Equal content gives equal bytes: no time of writing in the archive.
  const fixed = { mtime: new Date(1980, 0, 1) } as const;
  const entries: Zippable = {
    'manifest.json': [strToU8(`${JSON.stringify(manifest, null, 2)}\n`), fixed],
    'document.json': [strToU8(`${JSON.stringify(document, null, 2)}\n`), fixed],
  };
  if (source && sourceName) entries[`source/${sourceName}`] = [source.bytes, fixed];
  if (source?.camera && cameraName) entries[`camera/${cameraName}`] = [source.camera.bytes, fixed];
  const written = await writeFileAtomic(path, zipSync(entries, { level: 6 }));
  return written.ok ? ok([{ name: path, bytes: written.value }]) : written;
}

/**
 * Reads a project. Names and sizes of all entries are checked before anything is inflated, and only what the project
 * is made of is; nothing is ever written outside.
 */
export async function readProject(
  path: string,
): Promise<Result<Project & { readonly notes: readonly string[] }>> {
  const name = basename(path);
  const zip = await openZip(path, 'its archive');
  if (!zip.ok) return fail(notOpened(name, zip.error));
  try {
    checkEntries(zip.value.entries, name);
    return ok(await readEntries(new Map(zip.value.entries.map((entry) => [entry.name, entry])), name));
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem);
    return fail(notAProject(name, `the archive is damaged: ${(error as Error).message}`));
  } finally {
    zip.value.close();
  }
}

type Entries = ReadonlyMap<string, StreamedEntry>;

async function readEntries(
  entries: Entries,
  name: string,
): Promise<Project & { readonly notes: readonly string[] }> {
  const manifest = await readJson(entries, 'manifest.json', name);
  const newer = (manifest as { version?: unknown } | null)?.version;
  if (typeof newer === 'number' && newer > VERSION) {
    throw new ProblemError({
      code: 'project-too-new',
      message: `${name} was saved by a newer Halfspace (project version ${newer}; this one reads up to ${VERSION}).`,
      hint: 'Update Halfspace to open it. The file is untouched.',
    });
  }
  const header = manifestSchema.safeParse(manifest);
  if (!header.success) throw problem(name, `manifest.json: ${issueOf(header.error)}`);
  const document = documentSchema.safeParse(await readJson(entries, 'document.json', name));
  if (!document.success) throw problem(name, `document.json: ${issueOf(document.error)}`);

  const { source, camera } = header.data;
  const bytesOf = async (folder: string, file: string | null): Promise<Uint8Array | null> => {
    const entry = file === null ? undefined : entries.get(`${folder}/${file}`);
    return entry ? readEntry(entry) : null;
  };
  const sourceBytes = await bytesOf('source', source);
  const cameraBytes = await bytesOf('camera', camera);
  const notes: string[] = [];
  if (source !== null && !sourceBytes)
    notes.push(`The project names a source, ${source}, but does not hold it.`);
  const { parts, moved } = settleParts(document.data.parts);
  const millimetres = (offset: number): string =>
    `${Number((offset * document.data.frame.metresPerUnit * 1000).toPrecision(4))} mm`;
  for (const { part, plane, from, to } of moved)
    notes.push(
      `Plane ${plane + 1} of "${parts[part].name}" lay ${millimetres(from)} from its part's centre, outside of the space that a part can fill; it was moved to ${millimetres(to)}.`,
    );
  const adopted = document.data.adoptedParts;
  return {
    document:
      moved.length === 0
        ? document.data
        : { ...document.data, parts, adoptedParts: adopted && settleParts(adopted).parts },
    source:
      source !== null && sourceBytes
        ? {
            name: source,
            bytes: sourceBytes,
            camera: camera !== null && cameraBytes ? { name: camera, bytes: cameraBytes } : null,
          }
        : null,
    notes,
  };
}

function checkEntries(entries: readonly StreamedEntry[], name: string): void {
  if (entries.length > MAXIMUM_ENTRIES) throw problem(name, `it holds more than ${MAXIMUM_ENTRIES} files`);
  for (const entry of entries) {
    const isText = entry.name.endsWith('.json') && !entry.name.includes('/');
    if (!isPlainName(entry.name)) throw problem(name, `the entry "${entry.name}" leaves its folder`);
    if (entry.bytes > (isText ? MAXIMUM_DOCUMENT_BYTES : MAXIMUM_SOURCE_BYTES))
      throw problem(name, `the entry "${entry.name}" claims ${entry.bytes} bytes`);
  }
}

/** `manifest.json` or one folder deep; nothing absolute, no way up. */
function isPlainName(name: string): boolean {
  return /^(?:[a-z]+\/)?[^/\\:]+$/.test(name) && !name.split('/').includes('..');
}

async function readJson(entries: Entries, entry: string, name: string): Promise<unknown> {
  const found = entries.get(entry);
  if (!found) throw problem(name, `${entry} is missing`);
  const text = strFromU8(await readEntry(found));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw problem(name, `${entry} is not JSON: ${(error as Error).message}`);
  }
}

function issueOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue.path.map(String).join('.') || 'the whole'}: ${issue.message}`;
}

function notOpened(name: string, { code, message }: Problem): Problem {
  if (code !== 'file-unreadable') return notAProject(name, message.replace(/\.$/, ''));
  return {
    code,
    message: message.replace('its archive, the file: it', name),
    hint: 'Check that the file is still there and that you may read it.',
  };
}

function problem(name: string, reason: string): ProblemError {
  return new ProblemError(notAProject(name, reason));
}

function notAProject(name: string, reason: string): Problem {
  return {
    code: 'bad-project',
    message: `${name} is not a whole Halfspace project: ${reason}.`,
    hint: 'Open an earlier copy. If Halfspace itself wrote this file, please report it.',
  };
}
