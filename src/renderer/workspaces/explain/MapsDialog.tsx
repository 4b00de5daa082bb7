import { useState } from 'react';
import { MOST_PICTURES } from '../../../shared/contract/explain';
import { exportIndices, exportMaps, type ExportChoice } from './export';
import { latentName } from './space';
import { COLOUR_WORDS, SIGN_WORDS } from './words';
import { plural } from '../../ui/format';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { CloseButton, Dialog } from '../../workbench/dialogs/Dialog';
import { closeDialog } from '../../workbench/dialogs/handle';
import { explainSlice } from './state';

/** What a batch of maps is written of; how they look is as they are shown. */
export function MapsDialog() {
  const workbench = useWorkbench();
  const state = useSlice(explainSlice);
  const { look, latent, view } = state;
  const [choice, setChoice] = useState<ExportChoice>({
    pictures: 'chosen',
    maps: view === 'anomaly' ? 'anomaly' : 'attention',
    latents: latent === null ? 'every' : 'shown',
  });
  const change = (changes: Partial<ExportChoice>): void => setChoice((before) => ({ ...before, ...changes }));
  const shown = exportIndices(state, 'shown').length;
  const start = (): void => {
    closeDialog(workbench);
    void exportMaps(workbench, choice);
  };
  return (
    <Dialog
      title="Export maps"
      actions={
        <>
          <CloseButton />
          <button type="button" className="button primary" data-focus onClick={start}>
            Export...
          </button>
        </>
      }
    >
      <div className="export-options">
        <label className="field">
          <span>Pictures</span>
          <select
            value={choice.pictures}
            onChange={({ currentTarget: { value } }) =>
              change({ pictures: value === 'shown' ? 'shown' : 'chosen' })
            }
          >
            <option value="chosen">Chosen, {state.chosen.length}</option>
            <option value="shown">
              Of the filter, {shown}
              {shown === MOST_PICTURES ? ' spread evenly' : ''}
            </option>
          </select>
        </label>
        <label className="field">
          <span>Maps</span>
          <select
            value={choice.maps}
            onChange={({ currentTarget: { value } }) =>
              change({ maps: value === 'anomaly' ? 'anomaly' : 'attention' })
            }
          >
            <option value="attention">Attention of latents</option>
            <option value="anomaly">Anomaly</option>
          </select>
        </label>
        {choice.maps === 'attention' && (
          <label className="field">
            <span>Latents</span>
            <select
              value={choice.latents}
              onChange={({ currentTarget: { value } }) =>
                change({ latents: value === 'shown' ? 'shown' : 'every' })
              }
            >
              <option value="every">Every one and their mean</option>
              {latent !== null && <option value="shown">{latentName(latent)} only</option>}
            </select>
          </label>
        )}
      </div>
      <p className="export-summary" data-testid="maps-summary">
        {plural(exportIndices(state, choice.pictures).length, 'picture')}: overlays as PNG (
        {SIGN_WORDS[look.sign]}, {COLOUR_WORDS[look.colourMap]}, opacity {Math.round(100 * look.opacity)} %,
        one range for all), raw maps as NPY, and maps.json, which says how they were made.
      </p>
    </Dialog>
  );
}
