import { adoptShape, setSource } from '../../../../shared/document/edits';
import type { Recipe, SourceReference } from '../../../../shared/document/types';
import type { ImageRequest } from '../../../../shared/contract/inputs';
import { reconstructSlice, type ReconstructResult } from '../state';
import type { Workbench } from '../../../workbench/state/workbench';
import { change } from '../../shape/actions/edit';
import { shapeSlice } from '../../shape/state';

/** Makes the reconstruction the document's shape, as one entry that undo takes back, and shows it where it is edited. */
export function acceptReconstruction(workbench: Workbench): void {
  const { result, selected } = reconstructSlice.get(workbench);
  if (!result) return;
  const { reconstruction, picture } = result;
  const reference: SourceReference = {
    name: picture.name,
    kind: 'image',
    sha256: picture.inspected.sha256,
    byteLength: picture.bytes,
  };
  const before = workbench.document.state().document.source?.sha256;
  const accepted = change(workbench, {
    command: 'reconstruct.accept',
    title: 'Accept the reconstruction',
    edit: (document) => {
      const shaped = adoptShape(reconstruction.shape, recipeOf(result))(document);
      if (!shaped.ok) return shaped;
      const name = before === reference.sha256 ? document.name : nameOf(picture.name);
      return setSource(reference, reconstruction.frame)({ ...shaped.value, name });
    },
    select: { partIds: selected === null ? [] : [selected], plane: null },
  });
  if (!accepted) return;
  const { token, cameraToken } = picture.request;
  shapeSlice.set(workbench, ({ project }) => ({
    source: null,
    picture: { request: { token, ...(cameraToken && { cameraToken }) }, embedded: false },
    // A project about something else is not silently written over by the next save.
    project: before === reference.sha256 ? project : null,
    isolated: null,
    proposal: null,
  }));
  workbench.ui.setState({ workspace: 'shape' });
}

function recipeOf({ reconstruction, picture, seed }: ReconstructResult): Recipe {
  const { model, refined, backend } = reconstruction;
  const { box } = picture.request;
  return {
    method: 'reconstruct',
    seed,
    options: {
      model: model.name,
      input: model.input,
      refined,
      ...(box && { boxX: box.x, boxY: box.y, boxWidth: box.width, boxHeight: box.height }),
    },
    modelHash: model.sha256,
    backend,
    createdAt: new Date().toISOString(),
  };
}

/** The box that a recipe says was drawn. */
export function boxOf(recipe: Recipe | null): ImageRequest['box'] {
  if (recipe?.method !== 'reconstruct') return undefined;
  const { boxX: x, boxY: y, boxWidth: width, boxHeight: height } = recipe.options;
  const isBox = [x, y, width, height].every((value) => typeof value === 'number');
  return isBox ? ({ x, y, width, height } as ImageRequest['box']) : undefined;
}

function nameOf(file: string): string {
  return file.replace(/\.[^.]+$/, '') || file;
}
