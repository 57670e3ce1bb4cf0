import { getSharedStore, loadEngine } from 'isthmus';
import { mount } from './app';

// The remote on a page of its own: without the host nobody signs in, so nothing is to be waited for.
void loadEngine().then(() => {
  mount(document.getElementById('root') as HTMLElement);
  getSharedStore().markReady('auth');
});
