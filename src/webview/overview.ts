import './overview.css';
import type { OverviewRequests } from '../protocol/overviewRequests';
import { Link } from './link';
import { OverviewPage } from './overview/overviewPage';
import type { OverviewState } from './overview/overviewState';

/** Entry of an overview's page. */
const line = await Link.open<OverviewRequests, OverviewState>();
await new OverviewPage(line).read();
