import { CancelledError, type ErrorCode, type OccupancyError, RecorderError } from '../../core/errors';
import { toOccupancyError } from '../database/sqliteErrors';

const OVER_WEBSOCKET = 'sync from Home Assistant over WebSocket';

const NEXT_STEPS: Partial<Record<ErrorCode, string>> = {
  DATABASE_MISSING: `The recorder may keep its history elsewhere, as in MariaDB or PostgreSQL: ${OVER_WEBSOCKET}.`,
  DATABASE_EMPTY: `Home Assistant creates its tables when it starts: try again after that, or ${OVER_WEBSOCKET}.`,
  DATABASE_ACCESS: `Give this user read access to the file and its folder, or ${OVER_WEBSOCKET}.`,
  DATABASE_CORRUPT: `Home Assistant puts a damaged recorder aside and begins a new one when it starts: ${OVER_WEBSOCKET} meanwhile.`,
  NOT_A_FILE: `Choose home-assistant_v2.db, which lies in the configuration folder, or ${OVER_WEBSOCKET}.`,
  NOT_A_DATABASE: `Choose home-assistant_v2.db, which lies in the configuration folder, or ${OVER_WEBSOCKET}.`,
  NETWORK_MOUNT: `Run the editor on the machine that runs Home Assistant, or ${OVER_WEBSOCKET}.`,
  LOCK_TIMEOUT: `Home Assistant may be migrating or repairing it: try again later, or ${OVER_WEBSOCKET}.`,
};

/** Any failure to read the recorder at `path` as a RecorderError that says what to do; a cancellation stays one. */
export function recorderError(error: unknown, path: string): OccupancyError {
  if (error instanceof RecorderError || error instanceof CancelledError) return error;
  const { code, message, nextStep } = toOccupancyError(error, path);
  const busy = code === 'LOCK_TIMEOUT';
  return new RecorderError(
    busy ? `Another program keeps ${path} locked.` : `The history of Home Assistant cannot be read: ${message}`,
    NEXT_STEPS[code] ?? nextStep,
    { cause: error },
  );
}
