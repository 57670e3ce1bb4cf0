import type { BridgeCounters } from 'isthmus';
import { useActivity } from '../activity/use-activity';
import { Panel } from './panel';
import { Time } from './time';

export function CrossedPanel({ counters }: { counters: BridgeCounters }) {
  const { crossings } = useActivity();
  return (
    <Panel
      title="Crossed"
      note={`${counters.sent} sent, ${counters.accepted} accepted`}
      testId="crossed"
    >
      {crossings.length === 0 && <p className="empty">Nothing has crossed yet.</p>}
      <ol className="log">
        {crossings.map(({ id, time, direction, type }) => (
          <li key={id} data-testid="crossing">
            <span className={`tag ${direction}`}>{direction}</span>
            <code>{type}</code>
            <Time at={time} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}
