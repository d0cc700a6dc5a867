import type { FileStamp, FolderFiles } from '../core/ports/folderFiles';
import { RemoteError } from '../protocol/errorRecord';
import type { FileAnswer, FileQuestion } from '../protocol/fileQuestions';

interface Waiting {
  readonly resolve: (answer: FileStamp | Uint8Array | null) => void;
  readonly reject: (error: Error) => void;
  bytes: Uint8Array | null;
  length: number;
}

/** The folder of a database that has no path here: asks the extension for each file, and puts together what comes in pieces. */
export class HostFolder implements FolderFiles {
  readonly readsParts = false;
  readonly #ask: (question: FileQuestion) => void;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  constructor(ask: (question: FileQuestion) => void) {
    this.#ask = ask;
  }

  async stat(name: string): Promise<FileStamp | null> {
    const answer = await this.#answer({ what: 'stat', name, atMost: null });
    return answer instanceof Uint8Array ? null : answer;
  }

  async read(name: string, atMost?: number): Promise<Uint8Array | null> {
    const answer = await this.#answer({ what: 'read', name, atMost: atMost ?? null });
    return answer instanceof Uint8Array ? answer : null;
  }

  /** Takes an answer of the extension. */
  give(answer: FileAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    if (!waiting) return;
    if (answer.kind === 'bytes' && !isWhole(waiting, answer.size, answer.bytes)) return;
    this.#waiting.delete(answer.id);
    switch (answer.kind) {
      case 'stamp':
        return waiting.resolve(answer.stamp);
      case 'bytes':
        return waiting.resolve(waiting.bytes);
      case 'missing':
        return waiting.resolve(null);
      case 'failed':
        return waiting.reject(new RemoteError(answer.error));
    }
  }

  #answer(question: Omit<FileQuestion, 'id'>): Promise<FileStamp | Uint8Array | null> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, bytes: null, length: 0 });
      this.#ask({ id, ...question });
    });
  }
}

/** Adds a piece, and says whether it was the last. */
function isWhole(waiting: Waiting, size: number, piece: Uint8Array): boolean {
  waiting.bytes ??= new Uint8Array(size);
  waiting.bytes.set(piece, waiting.length);
  waiting.length += piece.byteLength;
  return waiting.length >= size;
}
