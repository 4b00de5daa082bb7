import { useDocument, useSlice } from '../../../workbench/state/hooks';
import { PhysicsEngineLimits } from './PhysicsEngineLimits';
import { Facts } from './Facts';
import { FitPanel } from './FitPanel';
import { PartPanel } from './PartPanel';
import { PlanePanel } from './PlanePanel';
import { SourceFacts } from './SourceFacts';
import { ViewPanel } from './ViewPanel';
import { shapeSlice } from '../state';

/** Facts above, parameters below. */
export function Inspector() {
  const { document, selection } = useDocument();
  const source = useSlice(shapeSlice, (state) => state.source);
  const [only] = selection.partIds;
  const part = selection.partIds.length === 1 ? document.parts.find(({ id }) => id === only) : undefined;
  return (
    <section className="panel inspector" aria-label="Inspector">
      {document.parts.length > 0 && <Facts />}
      {document.parts.length > 0 && <PhysicsEngineLimits />}
      {selection.partIds.length > 0 && <PartPanel key={selection.partIds.join()} />}
      {part && selection.plane !== null && (
        <PlanePanel key={`${part.id} ${selection.plane}`} part={part} plane={selection.plane} />
      )}
      {source && <SourceFacts />}
      <FitPanel />
      <ViewPanel />
    </section>
  );
}
