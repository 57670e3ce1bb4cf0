import { vi } from 'vitest';

// A second, as `waitFor` has it by default, is nothing on a busy machine. What it waits for comes as soon
// as it comes; the limit is only for what never does.

const { waitFor } = vi;
const PATIENCE = { timeout: 60_000 };

vi.waitFor = (callback, options = {}) => {
  const given = typeof options === 'number' ? { timeout: options } : options;
  return waitFor(callback, { ...PATIENCE, ...given });
};
