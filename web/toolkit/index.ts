export { withIsthmus } from './with-isthmus.js';
