import { Box, Expand, Focus, Ghost, Grid3x3, Home } from 'lucide-react';
import { CommandButton } from '../../../workbench/shell/CommandButton';
import { useSlice } from '../../../workbench/state/hooks';
import { shapeSlice } from '../state';

export function ViewToolbar() {
  const isolated = useSlice(shapeSlice, (state) => state.isolated !== null);
  const exploded = useSlice(shapeSlice, (state) => state.explode > 0);
  const ghost = useSlice(shapeSlice, (state) => state.ghostOpacity > 0 && state.source !== null);
  const grid = useSlice(shapeSlice, (state) => state.showGrid);
  return (
    <div className="view-toolbar" role="toolbar" aria-label="View" aria-orientation="vertical">
      <CommandButton id="view.home" icon={Home} iconOnly />
      <CommandButton id="view.frame" icon={Focus} iconOnly />
      <CommandButton id="view.isolate" icon={Box} iconOnly pressed={isolated} />
      <CommandButton id="view.explode" icon={Expand} iconOnly pressed={exploded} />
      <CommandButton id="view.ghost" icon={Ghost} iconOnly pressed={ghost} />
      <CommandButton id="view.grid" icon={Grid3x3} iconOnly pressed={grid} />
    </div>
  );
}
