// Runs in each page beside what it renders: when the first text is in the document, and when a click on it
// has been answered.

/** Who gets no answer clicks again after so many milliseconds. */
const PATIENCE_MS = 50;

/** The element to render to. `globalThis.started` promises milliseconds since the page was asked for: { rendered, answered }. */
export function watchStart() {
  const root = globalThis.document.getElementById('root');
  globalThis.started = started(root);
  return root;
}

async function started(root) {
  const text = await textOtherThan('', root);
  const rendered = performance.now();
  const click = () => root.querySelector('button').click();
  setTimeout(click);
  const again = setInterval(click, PATIENCE_MS);
  await textOtherThan(text, root);
  clearInterval(again);
  return { rendered, answered: performance.now() };
}

function textOtherThan(known, root) {
  return new Promise((resolve) => {
    const observer = new globalThis.MutationObserver(() => {
      const { textContent } = root;
      if (textContent === known) return;
      observer.disconnect();
      resolve(textContent);
    });
    observer.observe(root, { childList: true, characterData: true, subtree: true });
  });
}
