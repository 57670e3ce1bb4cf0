export { assertShared, joinSharedStore, loadEngine } from 'isthmus';
