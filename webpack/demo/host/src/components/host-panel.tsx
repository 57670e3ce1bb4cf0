import { useSharedStore } from 'isthmus/react';
import { AppNote } from './app-note';
import { Panel } from './panel';
import { Session } from './session';
import { TenantPicker } from './tenant-picker';

export function HostPanel() {
  const store = useSharedStore();
  return (
    <Panel title="Host" note={<AppNote origin={location.host} mfId={store.__mfId} />} testId="host">
      <Session />
      <TenantPicker />
    </Panel>
  );
}
