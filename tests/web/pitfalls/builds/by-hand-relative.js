export { store } from './page-store.js';
