import { measureCase } from '../measure-case.mjs';

globalThis.measureCase = measureCase;
