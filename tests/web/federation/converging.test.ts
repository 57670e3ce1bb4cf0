import { createSlice } from '@reduxjs/toolkit';
import { converging } from 'isthmus';
import { expect, it } from 'vitest';

const cart = createSlice({
  name: 'cart',
  initialState: [] as string[],
  reducers: { teardown: () => [], clear: () => [] },
});

it('a slice of Redux Toolkit that converges needs a contract for each of its actions but teardown', () => {
  expect(() => converging(cart, { version: 1, contract: {} })).toThrow("its action 'cart/clear'");
  const contract = { 'cart/clear': {} };
  expect(converging(cart, { version: 1, contract })).toMatchObject({ key: 'cart', contract });
});
