import type { SharedStore } from 'isthmus';

// What the host exposes as 'hostApp/store', for the compiler; each test brings the module itself.
export declare const store: SharedStore;
