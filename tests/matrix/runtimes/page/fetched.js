import { loadEngine } from 'isthmus';
import { show } from './counter.js';

show(loadEngine());
