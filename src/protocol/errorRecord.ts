import { asOccupancyError, OccupancyError, type ErrorCode } from '../core/errors';

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
