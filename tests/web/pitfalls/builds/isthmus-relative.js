export { assertShared, joinSharedStore, loadEngine } from '../../../../dist/index.js';
