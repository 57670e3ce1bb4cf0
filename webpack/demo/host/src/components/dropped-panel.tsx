import type { BridgeCounters } from 'isthmus';
import { postMalformed, postUnlisted } from '../activity/hostile-script';
import { useActivity } from '../activity/use-activity';
import { Panel } from './panel';
import { Time } from './time';

export function DroppedPanel({ counters }: { counters: BridgeCounters }) {
  const { drops } = useActivity();
  return (
    <Panel title="Dropped" note={<Counts counters={counters} />} testId="dropped">
      <div className="actions" role="group" aria-label="Post as a hostile script would">
        <button className="small" data-testid="post-malformed" onClick={postMalformed}>
          Post a malformed message
        </button>
        <button className="small" data-testid="post-unlisted" onClick={postUnlisted}>
          Post an unlisted action
        </button>
      </div>
      {drops.length === 0 && <p className="empty">Nothing has been dropped.</p>}
      <ol className="log">
        {drops.map(({ id, time, direction, reason, type, message }) => (
          <li key={id} data-testid="drop">
            <span className={`tag ${direction}`}>{direction}</span>
            <span className="tag warning">{reason}</span>
            {type !== undefined && <code>{type}</code>}
            <Time at={time} />
            <p>{message}</p>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Counts({ counters }: { counters: BridgeCounters }) {
  const counts = [...Object.entries(counters.dropped), ...Object.entries(counters.refused)];
  if (counts.length === 0) return 'none';
  return counts.map(([reason, count]) => `${count} ${reason}`).join(', ');
}
