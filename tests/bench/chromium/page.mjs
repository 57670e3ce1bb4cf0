import { measureCase, partnerOfCase } from '../measure-case.mjs';

Object.assign(globalThis, { measureCase, partnerOfCase });
