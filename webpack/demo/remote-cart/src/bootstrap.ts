import { getSharedStore, loadEngine } from 'isthmus';
import { mount } from './app';

const nobody = { auth: { user: null }, session: { userId: null, token: null } };

// The remote on a page of its own: without the host nobody signs in, so reducers stand in for its slices.
void loadEngine().then(() => {
  mount(document.getElementById('root') as HTMLElement);
  getSharedStore().registerReducer('auth', () => nobody.auth);
  getSharedStore().registerReducer('session', () => nobody.session);
});
