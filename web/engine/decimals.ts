import type { EngineModule } from './module.js';

/** Numbers as text and back, for bindings/decimal.cpp: 0.d1d2...dk times 10 to the power of `point` (src/script/decimal.h). */
export function decimals(engine: EngineModule) {
  return {
    /** Writes the digits at an address, and returns the point. */
    isthmus_shortestDecimal(number: number, address: number): number {
      const [digits, exponent] = number.toExponential().split('e') as [string, string];
      const bytes = new Uint8Array(engine.memory.buffer, address);
      [...digits.replace('.', '')].forEach((digit, at) => (bytes[at] = digit.charCodeAt(0)));
      return Number(exponent) + 1;
    },
    isthmus_nearestNumber(address: number, count: number, point: number): number {
      let text = '0.';
      for (const digit of new Uint8Array(engine.memory.buffer, address, count))
        text += String.fromCharCode(digit);
      return Number(`${text}e${point}`);
    },
  };
}
