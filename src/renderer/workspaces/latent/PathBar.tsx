import { Clapperboard, Pause, Play } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { runCommand } from '../../workbench/commands/run';
import { NumberInput } from '../../ui/NumberInput';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { describePlace } from './path';
import { MOST_FRAMES, latentSlice } from './state';

/** The slider over the path, what plays it, and what it is exported as. */
export function PathBar() {
  const workbench = useWorkbench();
  const latent = useSlice(latentSlice);
  const { stations, place, frames, playing, rate } = latent;
  const short = stations.length < 2;
  const words = short ? 'Add two shapes or more' : describePlace(latent);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const command = (
      {
        ArrowLeft: 'latent.previous',
        ArrowDown: 'latent.previous',
        ArrowRight: 'latent.next',
        ArrowUp: 'latent.next',
      } as const
    )[event.key];
    if (!command) return;
    event.preventDefault();
    runCommand(workbench, command);
  };

  return (
    <div className="path-bar">
      <CommandButton id="latent.play" icon={playing ? Pause : Play} label={playing ? 'Pause' : 'Play'} />
      <div className="path-slider">
        <input
          type="range"
          min={0}
          max={1}
          step={0.001}
          value={place}
          disabled={short}
          aria-label="Place on the path"
          aria-valuetext={words}
          data-testid="path-slider"
          onKeyDown={onKeyDown}
          onChange={(event) =>
            latentSlice.set(workbench, { place: event.currentTarget.valueAsNumber, playing: false })
          }
        />
        <span className="muted small ellipsis figure">{words}</span>
      </div>
      <span className="figure path-rate muted" data-testid="path-rate">
        {rate === null ? '' : `${Math.round(rate)} frames/s`}
      </span>
      <label className="field path-frames">
        <span>Frames</span>
        <NumberInput
          value={frames}
          least={2}
          most={MOST_FRAMES}
          onChange={(value) => latentSlice.set(workbench, { frames: value })}
        />
      </label>
      <CommandButton id="latent.export" icon={Clapperboard} />
    </div>
  );
}
