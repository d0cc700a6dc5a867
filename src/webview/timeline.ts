import 'uplot/dist/uPlot.min.css';
import './timeline.css';
import { Format } from '../core/format';
import type { TimelineRequests } from '../protocol/timelineRequests';
import { Link } from './link';
import { TimelineView } from './timeline/timelineView';
import type { ViewState } from './timeline/viewState';

async function open(): Promise<void> {
  const link = await Link.open<TimelineRequests, ViewState>();
  const { language, timeZone } = await link.request('settings', null);
  new TimelineView(link, new Format(language, timeZone), timeZone).start();
}

void open();
