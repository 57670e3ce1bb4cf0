#!/usr/bin/env node
import { doctor, USAGE } from './doctor.js';

// The command `isthmus`, with `doctor` as its one subcommand.
const [subcommand, ...args] = process.argv.slice(2);
if (subcommand === 'doctor') {
  process.exitCode = await doctor(args);
} else {
  const isAsked = subcommand === undefined || subcommand === '--help' || subcommand === '-h';
  process.stderr.write(isAsked ? USAGE : `isthmus: there is no '${subcommand}'.\n\n${USAGE}`);
  process.exitCode = isAsked && subcommand !== undefined ? 0 : 2;
}
