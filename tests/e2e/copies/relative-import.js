import * as isthmus from '../../../dist/index.js';
import { mounting } from './app.js';

export const mount = mounting(isthmus);
