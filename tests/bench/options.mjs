import { parseArgs } from 'node:util';
import { Failure } from '../../tools/process.mjs';

const usage = `Usage: npm run bench [-- options]
  --json             rows for machines (see tests/bench/report/rows.mjs) on stdout, and nothing else
  --quick            a short run that shows that everything works; its figures mean little
  --long             a million actions where 100,000 show the same, for memory
  --only=<case>      one case, or several with commas between them
  --runtime=<name>   node, chromium, firefox or native, or several with commas between them
  --readme           puts plot and table of a full run into the README
  --no-build         takes the package as it is built already`;

const runtimes = ['node', 'chromium', 'firefox', 'native'];

/** What is asked for on the command line; `known` are the names of the cases. */
export function readOptions(args, known) {
  const { values } = parsed(args);
  const only = chosen('case', values.only, known);
  const chosenRuntimes = chosen('runtime', values.runtime, runtimes);
  const isPart = only !== known || chosenRuntimes !== runtimes || values.quick;
  if (values.readme && isPart) throw new Failure('--readme needs a full run.');
  const effort = values.quick ? { rounds: 3, roundMs: 5 } : { rounds: 15, roundMs: 30 };
  return { ...values, ...effort, only, runtimes: chosenRuntimes, build: !values['no-build'] };
}

function parsed(args) {
  const flag = { type: 'boolean', default: false };
  const text = { type: 'string' };
  const flags = { json: flag, quick: flag, long: flag, readme: flag, 'no-build': flag };
  try {
    return parseArgs({ args, options: { ...flags, only: text, runtime: text } });
  } catch (error) {
    throw new Failure(`${error.message}\n${usage}`);
  }
}

function chosen(what, list, known) {
  if (list === undefined) return known;
  const names = list.split(',');
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return known.filter((name) => names.includes(name));
  throw new Failure(`There is no ${what} ${unknown.join(', ')}. There are: ${known.join(' ')}.`);
}
