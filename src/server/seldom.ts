/** ms between two messages about the progress: more often than that nobody can read them. */
const PROGRESS_PERIOD = 100;

/** Passes on the first of what is told, and then one at most each PROGRESS_PERIOD, besides what is `urgent`. */
export function seldom<T>(tell: (news: T) => void, urgent: (news: T) => boolean = () => false): (news: T) => void {
  let told = Number.NEGATIVE_INFINITY;
  return (news) => {
    const now = performance.now();
    if (now - told < PROGRESS_PERIOD && !urgent(news)) return;
    told = now;
    tell(news);
  };
}
