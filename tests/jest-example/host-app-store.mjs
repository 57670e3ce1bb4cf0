// Stands where a remote's module would be, so that Jest finds a file: the test says what it is.
throw new Error(
  "hostApp/store is what a test makes of it: jest.unstable_mockModule('hostApp/store')",
);
