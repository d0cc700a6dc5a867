import './lockMetrics.css';
import type { LockMetricsRequests } from '../protocol/lockMetricsRequests';
import { Link } from './link';
import { MetricsPage } from './lockMetrics/metricsPage';

const page = new MetricsPage(await Link.open<LockMetricsRequests, object>());
await page.load();
