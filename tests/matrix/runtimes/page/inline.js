import { loadInlineEngine } from 'isthmus/inline';
import { show } from './counter.js';

show(loadInlineEngine());
