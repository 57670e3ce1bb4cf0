import { useEffect } from 'react';
import { HostPanel } from './host-panel';
import { Inspector } from './inspector';
import { PageHeader } from './page-header';
import { RemotePanel } from './remote-panel';
import { useTheme } from './use-theme';

/** Calls onReady once the remotes have their places on the page. */
export function App({ onReady }: { onReady: () => void }) {
  useEffect(onReady, [onReady]);
  useTheme();
  return (
    <>
      <PageHeader />
      <main className="page">
        <div className="column">
          <HostPanel />
          <RemotePanel name="cart" title="Cart" />
          <RemotePanel name="profile" title="Profile" />
        </div>
        <Inspector />
      </main>
    </>
  );
}
