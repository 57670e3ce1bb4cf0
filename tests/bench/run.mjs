// `npm run bench`: the built package beside Redux with hand-written reducers and Redux Toolkit, in one
// run. `--json` prints rows for machines. Production builds: NODE_ENV is set before anything is loaded.

process.env.NODE_ENV = 'production';

const { loadEngine } = await import('isthmus');
const { measure } = await import('./measure.mjs');

const files = ['counter', 'upsert'];
const rows = [];
await loadEngine();
for (const file of files) {
  const { name, sizes, contenders } = await import(`./cases/${file}.mjs`);
  for (const size of sizes) rows.push({ name, size, ns: measure(contenders(size)) });
}
if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2));
else printTable(rows);

function printTable(all) {
  console.log('median ns per dispatch, and how many times isthmus');
  for (const { name, size, ns } of all) {
    const cells = Object.entries(ns).map(([contender, time]) => {
      const ratio = contender === 'isthmus' ? '' : ` (${(time / ns.isthmus).toFixed(2)}x)`;
      return `${contender} ${Math.round(time)}${ratio}`;
    });
    console.log(`${name}, ${size}: ${cells.join(', ')}`);
  }
}
