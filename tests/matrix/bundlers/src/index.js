// The async boundary: shared modules are settled before the first of them is used.
import('./page.js').then(({ open }) => open());
