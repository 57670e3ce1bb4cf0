import { BridgeSwitch } from './bridge-switch';

export function PageHeader() {
  return (
    <header className="page-header">
      <div className="title">
        <h1>Isthmus</h1>
        <p className="lead">
          Three apps of three origins share one store, and all tabs show the same state. Open a
          second tab beside this one, change anything in either, then let both act at once and see
          two actions get one order. Close all tabs and open one again: what they showed is there,
          until a logout forgets it.
        </p>
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
