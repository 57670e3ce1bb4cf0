export { assertNoLeaks, takeBaseline, type Baseline } from './leaks.js';
export type { Arrival, Delivery, DeliveryPolicy, RandomDelivery, Sent } from './delivery.js';
export {
  mockFederation,
  type FederatedModule,
  type MockContainer,
  type MockFederation,
  type MockFederationOptions,
  type Share,
  type SharedModule,
  type ShareScope,
} from './mock-federation.js';
export { createTestHub, type TestHub, type TestHubOptions } from './test-hub.js';
export {
  createTestStore,
  type SharedTestStore,
  type SharedTestStoreOptions,
  type TestStore,
  type TestStoreOptions,
} from './test-store.js';
