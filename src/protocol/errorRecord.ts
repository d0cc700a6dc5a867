import { isOccupancyError, OccupancyError, UnexpectedError, type ErrorCode } from '../core/errors';

/** An OccupancyError as it crosses the process border. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly message: string;
  readonly nextStep: string;
}

/** An error of the database process as the extension sees it: switch on `code`, the class did not cross the border. */
export class RemoteError extends OccupancyError {
  readonly code: ErrorCode;

  constructor({ code, message, nextStep }: ErrorRecord) {
    super(message, nextStep);
    this.code = code;
  }
}

export function toErrorRecord(error: unknown): ErrorRecord {
  const { code, message, nextStep } = asOccupancyError(error);
  return { code, message, nextStep };
}

/** Any thrown value as one of our errors; an unforeseen one is kept as the cause. */
export function asOccupancyError(error: unknown): OccupancyError {
  if (isOccupancyError(error)) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new UnexpectedError(detail, 'Run Refresh; if it stays, report it with the log.', { cause: error });
}
