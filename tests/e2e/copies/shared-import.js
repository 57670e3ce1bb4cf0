import * as isthmus from 'isthmus';
import { mounting } from './app.js';

export const mount = mounting(isthmus);
