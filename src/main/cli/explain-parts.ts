import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sharedScale } from '../../shared/pictures/overlay';
import { ok, type Result } from '../../shared/result';
import { writeFileAtomic } from '../files/atomic';
import { encodeOverlay } from '../files/image/overlay-png';
import { encodeNpy } from '../files/write/npy';
import type { CommandContext, CommandOutput } from './command';
import type { ExplainOptions } from './explain-options';
import { modelChoice } from './models';
import { progressLine } from './outputs';

/** `halfspace explain <picture> --parts`: of every part of a reconstruction, the pixels that moved it. */
export async function explainParts(
  context: CommandContext,
  { output, layer, sign, colourMap }: ExplainOptions,
): Promise<Result<CommandOutput>> {
  const { values, positionals, signal } = context;
  const engine = context.engine();
  const image = { token: engine.grant(positionals[0], 'read') };
  let name = values.model;
  if (typeof name !== 'string') {
    const inspected = await engine.client.run({ kind: 'inspect-image', image }, { signal });
    if (!inspected.ok) return inspected;
    name = inspected.value.input;
  }
  const explained = await engine.client.run(
    {
      kind: 'explain-parts',
      model: modelChoice(engine, name),
      image,
      target: 'all',
      ...(layer !== null && { layer }),
    },
    { signal, onProgress: (progress) => context.progress(progressLine(progress)) },
  );
  if (!explained.ok) return explained;
  const { seen, parts, values: maps, notes, layer: map } = explained.value;
  const { height, width } = map;
  const painted = sign ?? 'relu';
  const style = {
    sign: painted,
    scale: sharedScale(maps, painted),
    colourMap: colourMap ?? (painted === 'signed' ? ('diverging' as const) : ('viridis' as const)),
    opacity: 0.6,
    signFirst: true,
  };
  await mkdir(output, { recursive: true });
  const files: { name: string; bytes: number }[] = [];
  const write = async (file: string, content: Uint8Array | string): Promise<Result<number>> => {
    const written = await writeFileAtomic(join(output, file), content);
    if (written.ok) files.push({ name: file, bytes: written.value });
    return written;
  };
  for (const [i, part] of parts.entries()) {
    const one = { width, height, values: maps.subarray(i * width * height, (i + 1) * width * height) };
    const written = await write(
      `part-${String(part + 1).padStart(2, '0')}.png`,
      encodeOverlay(seen, one, style),
    );
    if (!written.ok) return written;
  }
  const about = { model: name, parts, layer: map, ...style };
  const array = encodeNpy({ type: 'f4', shape: [parts.length, height, width], data: maps });
  for (const [file, content] of [
    ['parts.npy', array],
    ['maps.json', `${JSON.stringify(about, null, 2)}\n`],
  ] as const) {
    const written = await write(file, content);
    if (!written.ok) return written;
  }
  return ok({
    json: { ...about, files },
    lines: [
      ...notes.map((note) => `Note: ${note}`),
      `${parts.length} parts, looked at in ${map.name}`,
      `Wrote ${files.length} files into ${output}: overlays (PNG), parts.npy, maps.json`,
    ],
  });
}
