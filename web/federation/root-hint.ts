import { tellOnce } from '../page/tell-once.js';

/** Watches an app's root element, and tells of a membership that outlives it. Returns how to stop. */
type WatchRoot = (app: string, root: Element) => () => void;

/** Undefined in production; see web/store/hints/hints.ts. */
export let watchRoot: WatchRoot | undefined;

const watch: WatchRoot = (app, root) => {
  if (typeof MutationObserver === 'undefined') return () => undefined;
  let wasThere = root.isConnected;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    wasThere ||= root.isConnected;
    if (root.isConnected) timer = void clearTimeout(timer);
    else if (wasThere) timer ??= setTimeout(tell, MOVING);
  };
  const tell = () => {
    const what = `'${app}' has not left the store, though its root element is gone from the page`;
    const text = `${what}: its slices, contracts and middleware stay. Call leave() where it unmounts.`;
    tellOnce('root', app, text);
    stop();
  };
  const observer = new MutationObserver(look);
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
  };
  // What stands in a shadow tree is removed there or with its host.
  for (const place of new Set([root.ownerDocument, root.getRootNode()])) {
    observer.observe(place, { childList: true, subtree: true });
  }
  return stop;
};
try {
  if (process.env.NODE_ENV !== 'production') watchRoot = watch;
} catch {
  watchRoot = watch;
}

/** An element that is moved to another place is gone for less, in milliseconds. */
const MOVING = 1000;
