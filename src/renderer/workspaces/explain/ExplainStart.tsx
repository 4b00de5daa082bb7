import { FolderOpen, Images } from 'lucide-react';
import { builtinPicturesSchema, type BuiltinPictures } from '../../../shared/recipes/vae';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { BUILTIN_TITLES, openBuiltin } from './collections';
import { explainSlice } from './state';

const BUILTIN_HINTS: Readonly<Record<BuiltinPictures, string>> = {
  digits: '28 x 28 px, ten classes',
  dsprites: 'dSprites: three shapes, five known factors',
  planted: 'Textures with discs and bars that do not belong',
};

/** What the workspace says before pictures are open. */
export function ExplainStart() {
  const workbench = useWorkbench();
  const running = useSlice(explainSlice, (explain) => explain.running !== null);
  return (
    <div className="notice">
      <div className="notice-body" data-testid="explain-start">
        <h1>See what a network looks at</h1>
        <p>
          A variational autoencoder (VAE) describes a picture with a few numbers, its latents. Here you see
          which pixels each latent is from, turn the latents and watch the picture change, and find what does
          not belong.
        </p>
        <h2>Begin with pictures</h2>
        <ul className="sample-list" aria-label="Collections">
          {builtinPicturesSchema.options.map((name) => (
            <li key={name}>
              <button
                type="button"
                className="sample"
                aria-disabled={running}
                onClick={() => {
                  if (!running) void openBuiltin(workbench, name);
                }}
              >
                <span>{BUILTIN_TITLES[name]}</span>
                <span className="muted">{BUILTIN_HINTS[name]}</span>
              </button>
            </li>
          ))}
        </ul>
        <p className="muted">
          Or drop a folder of images, MNIST files, a dSprites archive, or a folder of MVTec AD or UCSD Ped.
        </p>
        <div className="setup-actions">
          <CommandButton id="explain.open" icon={Images} />
          <CommandButton id="explain.open-folder" icon={FolderOpen} />
        </div>
      </div>
    </div>
  );
}
