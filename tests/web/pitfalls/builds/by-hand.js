export { store } from 'page-store';
