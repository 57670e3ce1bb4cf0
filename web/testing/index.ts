export { createTestHub, type TestHub } from './test-hub.js';
