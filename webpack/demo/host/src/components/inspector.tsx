import { useInspection } from '../activity/use-inspection';
import { CopiesPanel } from './copies-panel';
import { CrossedPanel } from './crossed-panel';
import { DroppedPanel } from './dropped-panel';
import { OrderPanel } from './order-panel';
import { SlicesPanel } from './slices-panel';
import { StatePanel } from './state-panel';

export function Inspector() {
  const { inspection, counters } = useInspection();
  return (
    <>
      <div className="column">
        <OrderPanel />
        <StatePanel />
      </div>
      <div className="column">
        <CrossedPanel counters={counters} />
        <DroppedPanel counters={counters} />
        <SlicesPanel slices={inspection.slices} />
        <CopiesPanel inspection={inspection} />
      </div>
    </>
  );
}
