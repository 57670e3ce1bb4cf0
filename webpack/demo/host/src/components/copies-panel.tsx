import type { Inspection } from 'isthmus';
import { Panel } from './panel';

/** Copies of isthmus that the page has loaded, and how many engines run: one of each is right. */
export function CopiesPanel({ inspection: { copies, engines } }: { inspection: Inspection }) {
  return (
    <Panel
      title="Copies on the page"
      note={`${copies.length} of isthmus, ${engines} wasm`}
      testId="copies"
    >
      <ul className="log">
        {copies.map(({ version, url, active }) => (
          <li key={url}>
            <span className={`tag ${active ? 'in' : 'warning'}`}>
              {active ? 'in use' : 'duplicate'}
            </span>
            <span>{version}</span>
            <code className="address">{url}</code>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
