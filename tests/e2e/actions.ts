interface PlainAction {
  type: string;
  payload?: unknown;
  meta?: Record<string, unknown>;
}

/** Marks an action as crossApp() does; the tests' own process has no engine. */
export function marked(action: PlainAction): PlainAction {
  return { ...action, meta: { ...action.meta, crossApp: true } };
}

export const tea = { sku: 'tea', name: 'Green tea', price: 6.5, qty: 1 };

export function addItem(payload: unknown = tea): PlainAction {
  return { type: 'cart/addItem', payload };
}

export function switchTenant(id: string): PlainAction {
  return { type: 'tenant/switch', payload: { id, name: id.toUpperCase() } };
}
