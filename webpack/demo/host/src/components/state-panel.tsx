import { useSharedSelector } from 'isthmus/react';
import { Json } from './json';
import { Panel } from './panel';

export function StatePanel() {
  const state = useSharedSelector((root: Record<string, unknown>) => root);
  const keys = Object.keys(state);
  return (
    <Panel title="State" note={`${keys.length} slices`} testId="state">
      {keys.map((key) => (
        <details key={key} open data-testid={`state-${key}`}>
          <summary>{key}</summary>
          <Json value={state[key]} />
        </details>
      ))}
    </Panel>
  );
}
