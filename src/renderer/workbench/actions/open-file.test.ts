import { describe, expect, it } from 'vitest';
import type { DroppedFile, Workspace } from '../state/workbench';
import { openByDialog, openDropped, openFile } from './open-file';
import { fakeWorkbench } from './testing';

const View = () => null;
const file = (name: string) => ({ name }) as File;

/** A window of two workspaces: the first takes every file, the later one pictures; drops on it are its own. */
function twoWorkspaces() {
  const opened: string[] = [];
  const dropped: (readonly DroppedFile[])[] = [];
  const asked: (readonly string[] | undefined)[] = [];
  const workspaces: readonly Workspace[] = [
    {
      name: 'general',
      tab: { name: 'shape', title: 'General', View, mounted: 'always' },
      commands: [],
      files: {
        extensions: ['obj', 'png'],
        takes: () => true,
        open: (_, { name }) => void opened.push(`general ${name}`),
      },
    },
    {
      name: 'pictures',
      tab: { name: 'explain', title: 'Pictures', View, mounted: 'while shown' },
      commands: [],
      files: {
        extensions: ['png', 'jpg'],
        takes: (_, name) => name.endsWith('.png'),
        open: (_, { name }) => void opened.push(`pictures ${name}`),
      },
      drops: {
        takes: (_, files) => files.every(({ name }) => name !== 'chair.obj'),
        drop: async (_, files) => void dropped.push(files),
      },
    },
  ];
  const bridge = {
    chooseFile: async ({ extensions }: { readonly extensions?: readonly string[] }) => {
      asked.push(extensions);
      return { token: 't', name: 'chosen.png', bytes: 1 };
    },
    grantDrop: async ({ name }: File) => (name === '' ? null : { token: name, name, bytes: 1 }),
  };
  return { workbench: fakeWorkbench([], bridge, workspaces), opened, dropped, asked };
}

describe('a file', () => {
  it('goes to the last workspace that takes it', () => {
    const { workbench, opened } = twoWorkspaces();
    openFile(workbench, { token: 'a', name: 'chair.obj', bytes: 1 });
    openFile(workbench, { token: 'b', name: 'mug.png', bytes: 1 });
    expect(opened).toEqual(['general chair.obj', 'pictures mug.png']);
  });

  it('is chosen among everything that some workspace opens, each extension once', async () => {
    const { workbench, opened, asked } = twoWorkspaces();
    await openByDialog(workbench);
    expect(asked).toEqual([['obj', 'png', 'jpg']]);
    expect(opened).toEqual(['pictures chosen.png']);
  });
});

describe('a drop', () => {
  it('opens its first file, whatever is in front', async () => {
    const { workbench, opened, dropped } = twoWorkspaces();
    await openDropped(workbench, [file('chair.obj'), file('mug.png')]);
    workbench.ui.setState({ workspace: 'explain' });
    await openDropped(workbench, [file('chair.obj'), file('mug.png')]);
    expect(opened).toEqual(['general chair.obj', 'general chair.obj']);
    expect(dropped).toEqual([]);
  });

  it('is handed whole to the workspace in front that has a use for it', async () => {
    const { workbench, opened, dropped } = twoWorkspaces();
    workbench.ui.setState({ workspace: 'explain' });
    await openDropped(workbench, [file('a.png'), file(''), file('b.png')]);
    expect(dropped.map((files) => files.map(({ grant }) => grant.name))).toEqual([['a.png', 'b.png']]);
    expect(opened).toEqual([]);
  });

  it('of something that is no file says so', async () => {
    const { workbench } = twoWorkspaces();
    await openDropped(workbench, [file('')]);
    expect(workbench.jobs.store.getState()[0].problem?.message).toContain('is not a file on this computer');
  });
});
