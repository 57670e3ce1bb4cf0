import { createRoot } from 'react-dom/client';
import { Provider } from 'react-redux';
import { converging, getSharedStore, joinSharedStore } from 'isthmus';
import { Profile } from './profile';
import { profile, profileContract } from './profile-slice';
import './profile.css';

/** Mounts the profile and its slice; what it returns takes both away. The engine must be loaded. */
export function mount(element: HTMLElement): () => void {
  const membership = joinSharedStore({
    app: 'remote-profile',
    slices: [converging(profile, { version: 1, contract: profileContract })],
  });
  const root = createRoot(element);
  root.render(
    <Provider store={membership.store}>
      <Profile />
    </Provider>,
  );
  return () => {
    root.unmount();
    membership.leave();
  };
}

/** The store as this remote sees it. */
export function mfId(): string {
  return getSharedStore().__mfId;
}
