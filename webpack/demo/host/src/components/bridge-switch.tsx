import { useState } from 'react';
import { useSharedStore } from 'isthmus/react';

export function BridgeSwitch() {
  const { bridge } = useSharedStore();
  const [enabled, setEnabled] = useState(bridge.enabled);
  const change = (on: boolean) => {
    bridge.setEnabled(on);
    setEnabled(bridge.enabled);
  };
  return (
    <label className="switch">
      <input
        type="checkbox"
        role="switch"
        checked={enabled}
        onChange={(event) => change(event.target.checked)}
        data-testid="bridge"
      />
      <span>Bridge {enabled ? 'on' : 'off'}</span>
    </label>
  );
}
