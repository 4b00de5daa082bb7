import { FolderOpen, Images } from 'lucide-react';
import { builtinPicturesSchema } from '../../../shared/recipes/vae';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { count } from '../../ui/format';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { BUILTIN_TITLES, changeFilter, chooseSplit, filledSplits, openBuiltin } from './collections';
import { knowsAnomalies, shownPictures } from './labels';
import { ModelField } from './ModelField';
import { PictureGrid } from './PictureGrid';
import { explainSlice, type PictureFilter } from './state';

const SPLIT_WORDS = { train: 'Training', validation: 'Validation', test: 'Test' } as const;

/** Which pictures, through which model, and the pictures themselves. */
export function CollectionPanel() {
  const collection = useSlice(explainSlice, (explain) => explain.collection);
  const running = useSlice(explainSlice, (explain) => explain.running !== null);
  return (
    <section className="panel collection-panel" aria-label="Pictures">
      <CollectionField />
      {collection && (
        <>
          <ModelField />
          <Filters />
          <PictureGrid />
        </>
      )}
      {!collection && (
        <p className="panel-empty muted" role="status">
          {running
            ? 'Reading the pictures...'
            : 'No pictures yet. Choose a collection, or drop a folder of images here.'}
        </p>
      )}
      <div className="panel-actions">
        <CommandButton id="explain.open" icon={Images} />
        <CommandButton id="explain.open-folder" icon={FolderOpen} label="Open folder..." />
      </div>
    </section>
  );
}

function CollectionField() {
  const workbench = useWorkbench();
  const collection = useSlice(explainSlice, (explain) => explain.collection);
  const value = collection ? ('builtin' in collection.choice ? collection.choice.builtin : 'opened') : '';
  return (
    <label className="field explain-field">
      <span>Collection</span>
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const builtin = builtinPicturesSchema.safeParse(currentTarget.value);
          if (builtin.success) void openBuiltin(workbench, builtin.data);
        }}
      >
        {!collection && <option value="">Choose a collection</option>}
        {value === 'opened' && <option value="opened">{collection?.opened.name}</option>}
        {builtinPicturesSchema.options.map((name) => (
          <option key={name} value={name}>
            {BUILTIN_TITLES[name]}
          </option>
        ))}
      </select>
    </label>
  );
}

function Filters() {
  const workbench = useWorkbench();
  const { collection, split, filter } = useSlice(explainSlice);
  if (!collection) return null;
  const { opened } = collection;
  const labelled = opened.labels[split] !== null;
  const shown = shownPictures({ collection, split, filter }).count;
  return (
    <div className="explain-filters">
      <label className="field explain-field">
        <span>Split</span>
        <select
          value={split}
          onChange={({ currentTarget: { value } }) => {
            const chosen = filledSplits(opened).find((each) => each === value);
            if (chosen) chooseSplit(workbench, chosen);
          }}
        >
          {filledSplits(opened).map((each) => (
            <option key={each} value={each}>
              {SPLIT_WORDS[each]}, {count(opened.counts[each])}
            </option>
          ))}
        </select>
      </label>
      {labelled && opened.classes.length > 1 && (
        <label className="field explain-field">
          <span>Class</span>
          <select
            value={filter.class ?? ''}
            onChange={({ currentTarget: { value } }) =>
              changeFilter(workbench, { class: value === '' ? null : Number(value) })
            }
          >
            <option value="">Every class</option>
            {opened.classes.map((name, index) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {labelled && knowsAnomalies(opened, split) && (
        <label className="field explain-field">
          <span>Show</span>
          <select
            value={filter.kind}
            onChange={({ currentTarget: { value } }) =>
              changeFilter(workbench, { kind: value as PictureFilter['kind'] })
            }
          >
            <option value="all">Normal and anomalous</option>
            <option value="normal">Normal only</option>
            <option value="anomalous">Anomalous only</option>
          </select>
        </label>
      )}
      <p className="muted small figure explain-count" role="status" data-testid="shown-count">
        {shown === opened.counts[split]
          ? `${count(shown)} pictures`
          : `${count(shown)} of ${count(opened.counts[split])} pictures`}
        <span className="explain-hint"> · Ctrl+click puts one beside</span>
      </p>
    </div>
  );
}
