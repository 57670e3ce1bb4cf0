export type { Arrival, Delivery, DeliveryPolicy, RandomDelivery, Sent } from './delivery.js';
export { assertNoLeaks, takeBaseline, type Baseline } from './leaks.js';
export type { MockContainer } from './mock-container.js';
export {
  mockFederation,
  type MockFederation,
  type MockFederationOptions,
} from './mock-federation.js';
export type { FederatedModule, Share, SharedModule, ShareScope } from './mock-share-scope.js';
export { createTestHub, type TestHub, type TestHubOptions } from './test-hub.js';
export type { TestTab } from './test-tab.js';
export {
  createTestStore,
  type SharedTestStore,
  type SharedTestStoreOptions,
  type TestStore,
  type TestStoreOptions,
} from './test-store.js';
