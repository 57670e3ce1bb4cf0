import type { EngineCrossing } from '../../../web/engine/crossing.js';
import { pageRegistry } from '../fresh-page.js';

/** The gates of the page's engine that were made from now on and not destroyed. */
export function watchGates(): ReadonlySet<object> {
  const gates = new Set<object>();
  const engine = pageRegistry()!.engine!.loaded as unknown as { crossing: EngineCrossing };
  const { crossing } = engine;
  const create = crossing.createGate.bind(crossing);
  crossing.createGate = (options) => {
    const gate = create(options);
    const destroy = gate.destroy.bind(gate);
    gate.destroy = () => {
      destroy();
      gates.delete(gate);
    };
    gates.add(gate);
    return gate;
  };
  return gates;
}
