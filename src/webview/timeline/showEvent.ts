import type { ShowEvent } from '../../protocol/timelineRequests';

/** Whether the extension asks for another address. */
export function isShow(event: { readonly event: string }): event is ShowEvent {
  return event.event === 'show';
}
