import type { Inspection } from 'isthmus';
import { useActivity } from '../activity/use-activity';
import { Panel } from './panel';

interface CopiesPanelProps {
  inspection: Pick<Inspection, 'copies' | 'engines'>;
}

/** Copies of isthmus that the page has loaded, and how many engines run: one of each is right. */
export function CopiesPanel({ inspection: { copies, engines } }: CopiesPanelProps) {
  const { duplicates } = useActivity();
  const inUse = copies.filter(({ active }) => active);
  return (
    <Panel
      title="Copies on the page"
      note={`${inUse.length + duplicates.length} of isthmus, ${engines} wasm`}
      testId="copies"
    >
      <ul className="log whole">
        {inUse.map(({ version, url, shareScope, stack }) => (
          <li key={stack}>
            <span className="tag in">in use</span>
            <span>{version}</span>
            <code className="address">{url}</code>
            {shareScope && <span className="chip">{shareScope}</span>}
          </li>
        ))}
        {duplicates.map(({ reason, copy, message }) => (
          <li key={copy.stack} data-testid="duplicate">
            <span className="tag warning">{reason === 'protocol' ? 'refused' : 'duplicate'}</span>
            <span>{copy.version}</span>
            <code className="address">{copy.url}</code>
            <p>{message}.</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
