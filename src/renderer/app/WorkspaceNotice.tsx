import { useWorkbench } from '../state/hooks';
import type { WorkspaceName } from '../state/ui';
import { WORKSPACES } from './workspaces';

/** A workspace that is still to come says so, and what can be done today. */
export function WorkspaceNotice({ workspace }: { readonly workspace: WorkspaceName }) {
  const { ui } = useWorkbench();
  const words = WORKSPACES.find(({ name }) => name === workspace);
  if (!words?.coming) return null;
  return (
    <section className="notice" role="tabpanel" aria-labelledby={`tab-${workspace}`}>
      <div className="notice-body">
        <p className="notice-badge">Not in this version</p>
        <h1>{words.title}</h1>
        <p>{words.coming}</p>
        <p className="muted">{words.today}</p>
        <button type="button" className="button" onClick={() => ui.setState({ workspace: 'shape' })}>
          Go to Shape
        </button>
      </div>
    </section>
  );
}
