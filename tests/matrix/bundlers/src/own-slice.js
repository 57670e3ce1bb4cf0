/* global APP */
import { notes } from './notes.js';

/** `APP` is replaced by the name of the build. */
export const own = notes(APP);
