import type { Distribution } from './distribution';
import { secondsText } from './secondsText';

/** How many values fell into each bucket; the last is of what is above all bounds. */
export function bucketSizes({ buckets, count }: Distribution): number[] {
  return [...buckets, { count }].map((bucket, index) => bucket.count - (buckets[index - 1]?.count ?? 0));
}

/** How high each bucket is drawn, 0 to 1: with the root of its share, since the rare long wait is what one looks for. */
export function bucketHeights(distribution: Distribution): number[] {
  const sizes = bucketSizes(distribution);
  const most = Math.max(...sizes);
  return sizes.map((size) => (size === 0 ? 0 : Math.sqrt(size / most)));
}

/** A label for each bucket of times that ends a decade: in it are the values up to that. Empty for the others. */
export function bucketLabels({ buckets }: Distribution): string[] {
  return buckets.map(({ upTo }) => {
    const power = Math.log10(upTo);
    return Math.abs(power - Math.round(power)) < 1e-9 ? secondsText(upTo) : '';
  });
}
