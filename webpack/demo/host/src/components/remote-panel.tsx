import { useCallback } from 'react';
import type { RemoteName } from '../remotes/load-remote';
import { mountRemote, placeRemote, unmountRemote } from '../remotes/remote-slots';
import { useSlots } from '../remotes/use-slots';
import { AppNote } from './app-note';
import { Panel } from './panel';

export function RemotePanel({ name, title }: { name: RemoteName; title: string }) {
  const slot = useSlots()[name];
  const place = useCallback((element: HTMLDivElement | null) => placeRemote(name, element), [name]);
  const isMounted = slot.status === 'mounted';
  return (
    <Panel
      title={title}
      note={isMounted && <AppNote origin={slot.origin} mfId={slot.mfId} />}
      actions={<MountButton name={name} isMounted={isMounted} />}
      testId={`remote-${name}`}
    >
      {slot.status === 'unmounted' && <p className="empty">Not mounted: its slice is gone.</p>}
      {slot.status === 'loading' && <p className="empty">Loading…</p>}
      {slot.status === 'failed' && <p className="failure">{slot.error}</p>}
      <div ref={place} data-testid={`slot-${name}`} />
    </Panel>
  );
}

function MountButton({ name, isMounted }: { name: RemoteName; isMounted: boolean }) {
  const act = () => {
    if (isMounted) unmountRemote(name);
    else void mountRemote(name);
  };
  return (
    <button className="small" data-testid={`toggle-${name}`} onClick={act}>
      {isMounted ? 'Unmount' : 'Mount'}
    </button>
  );
}
