import { useSyncExternalStore } from 'react';
import { getLogView, subscribeLogView, type LogView } from './log-view';

export function useLogView(): LogView {
  return useSyncExternalStore(subscribeLogView, getLogView);
}
