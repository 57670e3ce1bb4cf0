/** Median, quartiles and extremes of some samples. */
export function spreadOf(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  return {
    median: at(0.5),
    min: at(0),
    q1: at(0.25),
    q3: at(0.75),
    max: at(1),
    samples: sorted.length,
  };
}
