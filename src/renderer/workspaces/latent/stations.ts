import { attempt, reportProblem, runJob } from '../../workbench/actions/jobs';
import { extensionsReadAs } from '../../../shared/formats/lookup';
import type { FileGrant } from '../../../shared/contract/bridge';
import type { RetrievedShape } from '../../../shared/contract/learning';
import { DEFAULT_FRAME } from '../../../shared/document/fields';
import type { Frame } from '../../../shared/document/types';
import { modelFor } from '../reconstruct/model';
import { describeReconstruction } from '../reconstruct/words';
import { plural } from '../../ui/format';
import type { Workbench } from '../../workbench/state/workbench';
import { latentAt } from './path';
import { INITIAL_LATENT, MOST_STATIONS, type PathModel, type Station, latentSlice } from './state';
import { reconstructSlice } from '../reconstruct/state';

type Candidate = Omit<Station, 'id'>;

/** Puts a shape at the end of the path. A path has one model: codes of another one are refused with the reason. */
export function addStation(
  workbench: Workbench,
  candidate: Candidate,
  model: PathModel,
  frame: Frame = DEFAULT_FRAME,
): boolean {
  const latent = latentSlice.get(workbench);
  const problem =
    latent.model && latent.model.sha256 !== model.sha256
      ? {
          code: 'other-model',
          message: `The path holds shapes of the model ${latent.model.name}; ${candidate.title} comes from ${model.name}.`,
          hint: 'Two models describe shapes in different codes. Clear the path to begin one with the other model.',
        }
      : latent.stations.length >= MOST_STATIONS
        ? {
            code: 'path-full',
            message: `A path has at most ${MOST_STATIONS} shapes.`,
            hint: 'Remove one first.',
          }
        : null;
  if (problem) {
    reportProblem(workbench, 'Add to path', problem);
    return false;
  }
  const id = latent.stations.reduce((most, station) => Math.max(most, station.id), 0) + 1;
  latentSlice.set(workbench, {
    model,
    frame: latent.frame ?? frame,
    stations: [...latent.stations, { ...candidate, id }],
    // The newest is shown.
    place: latent.stations.length === 0 ? 0 : 1,
    playing: false,
  });
  return true;
}

export function addReconstruction(workbench: Workbench): void {
  const { result } = reconstructSlice.get(workbench);
  if (!result) return;
  const { reconstruction, model, picture } = result;
  const { latent, shape, frame } = reconstruction;
  const added = addStation(
    workbench,
    { title: picture.name, latent, shape },
    { choice: model, name: reconstruction.model.name, sha256: reconstruction.model.sha256 },
    frame,
  );
  if (added) workbench.ui.setState({ workspace: 'latent' });
}

/** A shape of the library belongs to the model that was asked for it. */
export function addRetrieved(workbench: Workbench, { family, id, latent, shape }: RetrievedShape): boolean {
  const path = latentSlice.get(workbench);
  const asked = reconstructSlice.get(workbench).result;
  const model =
    path.model ??
    (asked && {
      choice: asked.model,
      name: asked.reconstruction.model.name,
      sha256: asked.reconstruction.model.sha256,
    });
  return model !== null && addStation(workbench, { title: `${family} ${id}`, latent, shape }, model);
}

export async function addPictureByDialog(workbench: Workbench): Promise<void> {
  const grant = await attempt(workbench, 'Add a picture', () =>
    workbench.bridge.chooseFile({ purpose: 'open', extensions: extensionsReadAs('picture', 'depth') }),
  );
  if (grant) await addPicture(workbench, grant);
}

/** Reconstructs a picture straight into the path. */
export async function addPicture(workbench: Workbench, grant: FileGrant): Promise<void> {
  const image = { token: grant.token };
  const started = (id: number): void => latentSlice.set(workbench, { running: id, lastJob: id });
  const inspected = await runJob(
    workbench,
    { kind: 'inspect-image', image },
    { title: `Look at ${grant.name}`, onStarted: started },
  );
  latentSlice.set(workbench, { running: null });
  if (!inspected.ok) return;
  const { input, mask } = inspected.value.value;
  if (!mask) {
    reportProblem(workbench, `Add ${grant.name}`, {
      code: 'object-unknown',
      message: `The object in ${grant.name} could not be told from its background.`,
      hint: 'Open the picture in Reconstruct, draw a box around the object, and add it to the path from there.',
    });
    return;
  }
  const model = modelFor(workbench, input);
  const end = await runJob(
    workbench,
    { kind: 'reconstruct', image, model, refine: false, seed: 1 },
    {
      title: `Reconstruct ${grant.name}`,
      outcome: ({ value, seconds }) => describeReconstruction(value, seconds),
      onStarted: started,
    },
  );
  latentSlice.set(workbench, { running: null });
  if (!end.ok) return;
  const { latent, shape, frame, model: used } = end.value.value;
  addStation(
    workbench,
    { title: grant.name, latent, shape },
    { choice: model, name: used.name, sha256: used.sha256 },
    frame,
  );
}

/** Lists the shapes of the library that are nearest to the place on the path. */
export async function findLibraryShapes(workbench: Workbench): Promise<void> {
  const { model, stations, place } = latentSlice.get(workbench);
  if (!model || stations.length === 0) return;
  const end = await runJob(
    workbench,
    {
      kind: 'retrieve',
      model: model.choice,
      latent: [...latentAt(stations, place)],
      part: null,
      count: 12,
    },
    {
      title: 'Find library shapes',
      outcome: ({ value }) => `${plural(value.shapes.length, 'shape')} found`,
      onStarted: (id) => latentSlice.set(workbench, { running: id, lastJob: id }),
    },
  );
  latentSlice.set(workbench, { running: null });
  if (end.ok) latentSlice.set(workbench, { library: end.value.value.shapes });
}

export function removeStation(workbench: Workbench, id: number): void {
  const latent = latentSlice.get(workbench);
  const stations = latent.stations.filter((station) => station.id !== id);
  if (stations.length === 0) clearPath(workbench);
  else latentSlice.set(workbench, { stations, playing: latent.playing && stations.length > 1 });
}

export function moveStation(workbench: Workbench, id: number, by: -1 | 1): void {
  const { stations } = latentSlice.get(workbench);
  const at = stations.findIndex((station) => station.id === id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= stations.length) return;
  const moved = [...stations];
  [moved[at], moved[to]] = [moved[to], moved[at]];
  latentSlice.set(workbench, { stations: moved });
}

export function clearPath(workbench: Workbench): void {
  const { frames, running, lastJob } = latentSlice.get(workbench);
  latentSlice.set(workbench, { ...INITIAL_LATENT, frames, running, lastJob });
}
