import type { LogInspection } from 'isthmus';
import { useSharedStore } from 'isthmus/react';
import type { ShownEntry } from '../activity/log-view';
import { useLogView } from '../activity/use-log-view';
import { actInAllTabs } from '../state/concurrent';
import { Panel } from './panel';
import { TabChip } from './tab-chip';
import { Time } from './time';

/** The log of what converges: which actions there are, in which order, and who fixes it. */
export function OrderPanel() {
  const { log, entries, rewinds, keeper } = useLogView();
  if (log === undefined) return null;
  const tabs = [log.id, ...log.peers.map(({ id }) => id)];
  const note = `${log.head} settled, ${log.tentative} tentative, ${rewinds} rewound`;
  return (
    <Panel title="One order" note={note} testId="order">
      <ActAtOnce others={log.peers.length} />
      <Tabs log={log} tabs={tabs} keeper={keeper} />
      {entries.length === 0 && (
        <p className="empty">No action yet, or all were forgotten at a logout.</p>
      )}
      <ol className="log order" aria-label="Actions, newest first">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} tabs={tabs} />
        ))}
      </ol>
    </Panel>
  );
}

function ActAtOnce({ others }: { others: number }) {
  const store = useSharedStore();
  const all = others > 1 ? `all ${others + 1} tabs` : 'both tabs';
  return (
    <div className="act">
      <button
        className="primary"
        data-testid="act-at-once"
        disabled={others === 0}
        onClick={() => actInAllTabs(store)}
      >
        Act in {all} at once
      </button>
      <p className="note">
        {others === 0
          ? 'Open a second tab first.'
          : 'Each switches to another tenant and adds a tea: one tenant wins everywhere, and no tea is lost.'}
      </p>
    </div>
  );
}

interface TabsProps {
  log: LogInspection;
  tabs: readonly string[];
  keeper: string | undefined;
}

function Tabs({ log: { id, joining, peers }, tabs, keeper }: TabsProps) {
  return (
    <ul className="tabs" aria-label="Tabs" data-testid="tabs">
      <li>
        <TabChip id={id} tabs={tabs} />
        <span className="note">this tab</span>
        {joining && <span className="tag warning">joining</span>}
        {keeper === id && <KeeperTag />}
      </li>
      {peers.map((peer) => (
        <li key={peer.id} data-testid="peer">
          <TabChip id={peer.id} tabs={tabs} />
          <span className="note">heard {Math.round(peer.heardMsAgo / 1000)} s ago</span>
          {keeper === peer.id && <KeeperTag />}
        </li>
      ))}
    </ul>
  );
}

function KeeperTag() {
  return (
    <span className="tag in" title="It fixes the order now" data-testid="keeper">
      keeper
    </span>
  );
}

function Entry({ entry, tabs }: { entry: ShownEntry; tabs: readonly string[] }) {
  const { type, author, state, at, isRewound, refusedBy = [] } = entry;
  return (
    <li data-testid="entry" data-state={state}>
      <span className={`tag ${state}`}>{state}</span>
      <TabChip id={author} tabs={tabs} />
      <code>{type}</code>
      {isRewound && <span className="tag warning">rewound</span>}
      <Time at={at} />
      {refusedBy.length > 0 && <p>Refused by {refusedBy.join(', ')}</p>}
    </li>
  );
}
