import './priors.css';
import type { PriorsRequests } from '../protocol/priorsProtocol';
import { Link } from './link';
import { PriorsPage, type PriorsState } from './priors/priorsPage';

const link = await Link.open<PriorsRequests, PriorsState>();
const page = new PriorsPage(link, await link.request('start', null));
await page.load();
