import { BridgeSwitch } from './bridge-switch';

export function PageHeader() {
  return (
    <header className="page-header">
      <div>
        <h1>Isthmus</h1>
        <p className="note">One store, three builds, every tab</p>
      </div>
      <div className="actions">
        <BridgeSwitch />
        <a className="button" href="/" target="_blank" rel="noopener" data-testid="second-tab">
          Open a second tab
        </a>
      </div>
    </header>
  );
}
