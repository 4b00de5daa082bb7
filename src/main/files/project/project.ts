import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { z } from 'zod';
import type { WrittenFile } from '../../../shared/contract/jobs';
import { DOCUMENT_FIELDS, documentSchema } from '../../../shared/document/fields';
import { fileVersion } from '../../../shared/document/records';
import type { HalfspaceDocument } from '../../../shared/document/types';
import { fail, ok, type Problem, type Result } from '../../../shared/result';
import { writeFileAtomic } from '../atomic';

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
const MAXIMUM_FILE_BYTES = 1024 * 1024 * 1024;
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

/** Reads a project. Sizes are checked before anything is inflated; nothing is ever written outside. */
export async function readProject(
  path: string,
): Promise<Result<Project & { readonly notes: readonly string[] }>> {
  const name = basename(path);
  let bytes: Uint8Array;
  try {
    const { size } = await stat(path);
    if (size > MAXIMUM_FILE_BYTES)
      return fail(notAProject(name, `it has ${size} bytes, more than a project may have`));
    bytes = await readFile(path);
  } catch (error) {
    return fail({
      code: 'file-unreadable',
      message: `${name} could not be read: ${(error as Error).message}.`,
      hint: 'Check that the file is still there and that you may read it.',
    });
  }
  return parseProject(bytes, name);
}

/** Reads a project from its bytes; `name` is for messages. */
export function parseProject(
  bytes: Uint8Array,
  name: string,
): Result<Project & { readonly notes: readonly string[] }> {
  const entries = unpack(bytes, name);
  if (!entries.ok) return entries;
  const manifest = readJson(entries.value, 'manifest.json', name);
  if (!manifest.ok) return manifest;
  const newer = (manifest.value as { version?: unknown } | null)?.version;
  if (typeof newer === 'number' && newer > VERSION) {
    return fail({
      code: 'project-too-new',
      message: `${name} was saved by a newer Halfspace (project version ${newer}; this one reads up to ${VERSION}).`,
      hint: 'Update Halfspace to open it. The file is untouched.',
    });
  }
  const header = manifestSchema.safeParse(manifest.value);
  if (!header.success) return fail(notAProject(name, `manifest.json: ${issueOf(header.error)}`));
  const json = readJson(entries.value, 'document.json', name);
  if (!json.ok) return json;
  const document = documentSchema.safeParse(json.value);
  if (!document.success) return fail(notAProject(name, `document.json: ${issueOf(document.error)}`));

  const { source, camera } = header.data;
  const sourceBytes = source === null ? null : entries.value[`source/${source}`];
  const cameraBytes = camera === null ? null : entries.value[`camera/${camera}`];
  const notes: string[] = [];
  if (source !== null && !sourceBytes)
    notes.push(`The project names a source, ${source}, but does not hold it.`);
  return ok({
    document: document.data,
    source:
      source !== null && sourceBytes
        ? {
            name: source,
            bytes: sourceBytes,
            camera: camera !== null && cameraBytes ? { name: camera, bytes: cameraBytes } : null,
          }
        : null,
    notes,
  });
}

function unpack(bytes: Uint8Array, name: string): Result<Record<string, Uint8Array>> {
  let entries = 0;
  let problem: Problem | null = null;
  try {
    const unpacked = unzipSync(bytes, {
      filter: (entry) => {
        entries++;
        if (problem) return false;
        const limit =
          entry.name.endsWith('.json') && !entry.name.includes('/')
            ? MAXIMUM_DOCUMENT_BYTES
            : MAXIMUM_SOURCE_BYTES;
        if (entries > MAXIMUM_ENTRIES)
          problem = notAProject(name, `it holds more than ${MAXIMUM_ENTRIES} files`);
        else if (!isPlainName(entry.name))
          problem = notAProject(name, `the entry "${entry.name}" leaves its folder`);
        else if (entry.originalSize > limit)
          problem = notAProject(name, `the entry "${entry.name}" claims ${entry.originalSize} bytes`);
        return problem === null;
      },
    });
    return problem ? fail(problem) : ok(unpacked);
  } catch (error) {
    return fail(notAProject(name, `the archive is damaged: ${(error as Error).message}`));
  }
}

/** `manifest.json` or one folder deep; nothing absolute, no way up. */
function isPlainName(name: string): boolean {
  return /^(?:[a-z]+\/)?[^/\\:]+$/.test(name) && !name.split('/').includes('..');
}

function readJson(entries: Record<string, Uint8Array>, entry: string, name: string): Result<unknown> {
  const bytes = entries[entry];
  if (!bytes) return fail(notAProject(name, `${entry} is missing`));
  try {
    return ok(JSON.parse(strFromU8(bytes)));
  } catch (error) {
    return fail(notAProject(name, `${entry} is not JSON: ${(error as Error).message}`));
  }
}

function issueOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue.path.map(String).join('.') || 'the whole'}: ${issue.message}`;
}

function notAProject(name: string, reason: string): Problem {
  return {
    code: 'bad-project',
    message: `${name} is not a whole Halfspace project: ${reason}.`,
    hint: 'Open an earlier copy. If Halfspace itself wrote this file, please report it.',
  };
}
