/**
 * A sync of several chunks leaves this row in `metadata` from its first chunk to its last, committed together with them. An
 * interrupted one is so taken up from its own start: the newest interval, from which AOD starts, has moved on by then.
 */
export const UNFINISHED_SYNC_KEY = 'area_occupancy_inspector_unfinished_sync';
