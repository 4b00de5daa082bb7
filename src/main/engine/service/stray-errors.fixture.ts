import { ok, type Result } from '../../../shared/result';
import { serveClient } from './session';
import { catchStrayErrors } from './stray-errors';

/** A process whose jobs leave errors behind that nobody catches; says each event and each error of no job as a line. */
const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const heard = new Map<string, () => void>();
/** Resolves when events of a type were said so many times. */
const hearing = (what: string): Promise<void> => new Promise((resolve) => void heard.set(what, resolve));
const bothFailed = hearing('error 2');
void hearing('result 1').then(() => Promise.reject(new Error('of no job')));
const counts = new Map<string, number>();
const report = { active: 'cpu', backends: [], cores: 1 };
const hanging = new Promise<Result<typeof report>>(() => undefined);

catchStrayErrors(process, (error) => {
  say({ otherwise: String(error) });
  process.exit(0);
});

let receive: (message: unknown) => void = () => undefined;
serveClient(
  {
    post: (event) => {
      say(event);
      counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
      heard.get(`${event.type} ${counts.get(event.type)}`)?.();
    },
    onMessage: (listener) => void (receive = listener),
    onClose: () => undefined,
  },
  {
    isExclusive: (kind) => kind === 'open-project' || kind === 'open-run',
    run: async ({ kind }) => {
      if (kind === 'open-project') {
        setTimeout(() => {
          throw new Error('on a timer');
        }, 1);
        return hanging;
      }
      if (kind === 'open-run') {
        void Promise.resolve().then(() => Promise.reject(new Error('nobody waits')));
        return hanging;
      }
      await bothFailed;
      return ok(report);
    },
  },
);

const token = '00000000-0000-4000-8000-000000000000';
receive({ type: 'start', id: 1, job: { kind: 'devices' } });
receive({ type: 'start', id: 2, job: { kind: 'open-project', token } });
receive({ type: 'start', id: 3, job: { kind: 'open-run', token } });
