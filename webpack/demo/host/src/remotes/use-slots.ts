import { useSyncExternalStore } from 'react';
import { getSlots, subscribeSlots, type Slots } from './remote-slots';

export function useSlots(): Slots {
  return useSyncExternalStore(subscribeSlots, getSlots);
}
