import type { Drop } from 'isthmus';
import { open as openShop } from '../after/app.js';

/** While some tabs still have the old build. */
export async function open() {
  const drops: Drop[] = [];
  const shop = await openShop({
    legacyChannel: 'redux-bridge',
    onDrop: (drop) => drops.push(drop),
  });
  return { ...shop, drops: () => drops.map(({ reason, type }) => `${reason} ${type}`) };
}
