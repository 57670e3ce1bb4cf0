import { getSharedStore, loadEngine } from 'isthmus';
import { mount } from './app';

const nobody = { user: null, token: null, status: 'ready' };

// The remote on a page of its own: without the host nobody signs in, so a reducer stands in for `auth`.
void loadEngine().then(() => {
  mount(document.getElementById('root') as HTMLElement);
  getSharedStore().registerReducer('auth', () => nobody);
});
