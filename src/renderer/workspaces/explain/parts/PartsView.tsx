import { ImagePlus, ScanEye } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { CommandButton } from '../../../workbench/shell/CommandButton';
import { JobRow } from '../../../workbench/dock/JobRow';
import { Notes } from '../../reconstruct/PicturePanel';
import { ShapeCanvas } from '../../reconstruct/ShapeCanvas';
import { selectedPartOf, type ReconstructResult, reconstructSlice } from '../../reconstruct/state';
import { useJobs, useUi, useWorkbench, useSlice } from '../../../workbench/state/hooks';
import { explainParts } from './actions';
import { brushedShare } from './brush';
import { BrushTools } from './BrushTools';
import { COLOUR_MAP, Legend } from './Legend';
import { MapOptions } from './MapOptions';
import { partMaps } from './maps';
import { paintSurfaces, seeSurfaces } from './paint';
import { PartList } from './PartList';
import { PartsPicture } from './PartsPicture';
import { markedParts, rankParts } from './ranking';
import { partsSlice } from './state';
import { fineSurfaces } from './surface';
import './parts.css';

const NO_MARKS: readonly number[] = [];

/** The parts of the reconstruction beside the pixels that they are from, linked both ways. */
export function PartsView() {
  const result = useSlice(reconstructSlice, (reconstruct) => reconstruct.result);
  return result ? <ExplainedView result={result} /> : <PartsStart />;
}

function PartsStart() {
  const workbench = useWorkbench();
  return (
    <section className="viewport-panel" aria-label="Parts of a shape">
      <div className="start-card" data-testid="parts-start">
        <h1>Which pixels made this part?</h1>
        <p className="muted">
          Reconstruct a picture first. Then select a part to see its pixels, or brush pixels to see the parts
          that come from them.
        </p>
        <button
          type="button"
          className="button primary"
          onClick={() => workbench.ui.setState({ workspace: 'reconstruct' })}
        >
          <ScanEye size={14} aria-hidden /> Reconstruct a picture
        </button>
        <CommandButton id="reconstruct.open" icon={ImagePlus} />
      </div>
    </section>
  );
}

function ExplainedView({ result }: { readonly result: ReconstructResult }) {
  const workbench = useWorkbench();
  const active = useUi((state) => state.workspace === 'explain');
  const part = useSlice(reconstructSlice, (reconstruct) => selectedPartOf(reconstruct));
  const { explained: held, target, layer, brush, painted: wantsPaint } = useSlice(partsSlice);
  const explained = held?.request.result === result ? held.value : null;
  const { shape, frame, cameraToShape, refined } = result.reconstruction;
  const selected = part?.id ?? null;

  useEffect(() => {
    if (active) void explainParts(workbench, { result, target, layer });
  }, [workbench, active, result, target, layer]);

  const maps = useMemo(() => explained && partMaps(explained), [explained]);
  const ranking = useMemo(() => maps && brush && rankParts(maps.byPart, brush), [maps, brush]);
  const brushed = useMemo(() => (brush ? brushedShare(brush) : 0), [brush]);
  const marked = useMemo(() => (ranking ? markedParts(ranking, brushed) : NO_MARKS), [ranking, brushed]);
  const markedIds = useMemo(
    () => shape.parts.filter(({ index }) => marked.includes(index)).map(({ id }) => id),
    [shape, marked],
  );
  const points = explained?.points?.some(Number.isFinite) ? explained.points : null;
  const surfaces = useMemo(() => {
    if (!points) return null;
    const camera = cameraToShape && ([cameraToShape[3], cameraToShape[7], cameraToShape[11]] as const);
    return seeSurfaces(fineSurfaces(shape.parts), points, camera);
  }, [points, shape, cameraToShape]);
  const map = part && maps?.byPart.get(part.index);
  const painted = useMemo(
    () =>
      surfaces && map && maps && wantsPaint ? paintSurfaces(surfaces, map, maps.scale, COLOUR_MAP) : null,
    [surfaces, map, maps, wantsPaint],
  );
  const select = (id: string | null) => reconstructSlice.set(workbench, { selected: id, shown: null });
  return (
    <Group className="columns">
      <Panel
        id="parts-picture-panel"
        defaultSize={384}
        minSize={260}
        maxSize="50%"
        groupResizeBehavior="preserve-pixel-size"
      >
        <section className="panel" aria-label="Pixels of the parts">
          <h2 className="panel-title ellipsis" title={result.picture.name}>
            {part ? `Pixels of ${part.name}` : result.picture.name}
          </h2>
          {explained && maps && (
            <>
              <PartsPicture picture={result.picture} explained={explained} maps={maps} part={part} />
              <Legend scale={maps.scale} />
              <MapOptions explained={explained} />
              <h2 className="panel-title">Brush pixels</h2>
              <p className="picture-note muted">
                Draw on the picture to see which parts look there. Pixels of the {maps.width} {'\u00D7'}{' '}
                {maps.height} that the network saw.
              </p>
              <BrushTools size={maps} />
              <Notes notes={notesOf(explained.notes, result, refined)} label="Notes about the maps" />
            </>
          )}
        </section>
      </Panel>
      <Separator className="separator vertical" aria-label="Resize the picture" />
      <Panel id="parts-viewport-panel" minSize={280}>
        <section className="viewport-panel" aria-label="Parts in space">
          <ShapeCanvas
            parts={shape.parts}
            frame={frame}
            selected={selected}
            marked={markedIds}
            painted={painted}
            onSelect={select}
            active={active}
          />
          {surfaces && maps && (
            <div className="parts-space" data-testid="parts-paint">
              <label>
                <input
                  type="checkbox"
                  checked={wantsPaint}
                  onChange={(event) => partsSlice.set(workbench, { painted: event.currentTarget.checked })}
                />
                Paint the map on the parts
              </label>
              {painted && <Legend scale={maps.scale} unseen />}
            </div>
          )}
          <PartsJob />
        </section>
      </Panel>
      <Separator className="separator vertical" aria-label="Resize the list of parts" />
      <Panel
        id="parts-list-panel"
        defaultSize={288}
        minSize={200}
        maxSize="45%"
        groupResizeBehavior="preserve-pixel-size"
      >
        <section className="panel" aria-label="List of parts">
          <h2 className="panel-title">{ranking ? 'Parts that look there' : 'Parts'}</h2>
          <p className="picture-note muted" role="status">
            {ranking
              ? `Share of each part's attention in the brush; ${(100 * brushed).toFixed(1)} % would be even. The first of those above are outlined.`
              : 'Select a part here or in the view to see its pixels.'}
          </p>
          <PartList
            parts={shape.parts}
            ranking={ranking}
            brushed={brushed}
            marked={marked}
            selected={selected}
            onSelect={select}
          />
        </section>
      </Panel>
    </Group>
  );
}

/** What is not said about the picture already, and what a refinement means for maps of the guess. */
function notesOf(
  notes: readonly string[],
  { picture }: ReconstructResult,
  refined: boolean,
): readonly string[] {
  const own = notes.filter((note) => !picture.inspected.notes.includes(note));
  return refined
    ? [...own, 'The maps explain the guess of the network, which the refinement began with.']
    : own;
}

function PartsJob() {
  const lastJob = useSlice(partsSlice, (state) => state.lastJob);
  const job = useJobs().find(({ id }) => id === lastJob);
  if (!job || (job.state !== 'running' && job.state !== 'failed')) return null;
  return (
    <div className="fit-bar job-bar" data-testid="parts-job">
      <JobRow job={job} />
    </div>
  );
}
