import { useSyncExternalStore } from 'react';
import { getActivity, subscribeActivity, type Activity } from './activity';

export function useActivity(): Activity {
  return useSyncExternalStore(subscribeActivity, getActivity);
}
