import { Download, FolderOpen, Redo2, Save, Search, Undo2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useDocument, useUi, useWorkbench } from '../state/hooks';
import type { WorkspaceName } from '../state/ui';
import { CommandButton } from './CommandButton';

export function TopBar() {
  return (
    <header className="top-bar">
      <nav className="top-bar-group" aria-label="File and history">
        <CommandButton id="file.open" icon={FolderOpen} iconOnly />
        <CommandButton id="file.save" icon={Save} iconOnly />
        <span className="divider" aria-hidden />
        <CommandButton id="edit.undo" icon={Undo2} iconOnly />
        <CommandButton id="edit.redo" icon={Redo2} iconOnly />
      </nav>
      <WorkspaceTabs />
      <div className="top-bar-group top-bar-end">
        <DocumentName />
        <CommandButton id="help.palette" icon={Search} iconOnly />
        <CommandButton id="file.export" icon={Download} />
      </div>
    </header>
  );
}

function WorkspaceTabs() {
  const { ui, workspaces } = useWorkbench();
  const workspace = useUi((state) => state.workspace);
  const tabs = workspaces.flatMap(({ tab }) => tab ?? []);
  const choose = (name: WorkspaceName): void => ui.setState({ workspace: name });
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = tabs.findIndex(({ name }) => name === workspace);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    choose(next.name);
    event.currentTarget.querySelector<HTMLElement>(`#tab-${next.name}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label="Workspaces" onKeyDown={onKeyDown}>
      {tabs.map(({ name, title }) => (
        <button
          key={name}
          id={`tab-${name}`}
          type="button"
          role="tab"
          className="tab"
          aria-selected={name === workspace}
          tabIndex={name === workspace ? 0 : -1}
          onClick={() => choose(name)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

function DocumentName() {
  const { document, unsaved } = useDocument();
  return (
    <h1 className="document-name" data-testid="document-name" title={document.name}>
      {document.name}
      {unsaved && (
        <span className="unsaved-dot" role="img" aria-label="Unsaved changes" title="Unsaved changes" />
      )}
    </h1>
  );
}
