import type { OwnerRecord } from '../../../../src/core/lock/ownerRecord';
import { LOST_AFTER_BEATS } from '../../../../src/core/ports/heartbeat';
import type { ModelProcess, World } from './world';
import { collectFile, createFile, LOCK, statusOf } from './world';

/** One call of a process to what lies outside it: the unit that schedules are made of. */
export type Operation =
  | { readonly name: 'status' | 'open' | 'openToWrite' | 'unlink' | 'beside'; readonly path: string }
  | { readonly name: 'create'; readonly path: string; readonly isSticky: boolean }
  | { readonly name: 'rename' | 'link'; readonly path: string; readonly to: string }
  | { readonly name: 'fileStatus' | 'read' | 'close'; readonly handle: number }
  | { readonly name: 'write' | 'rewrite'; readonly handle: number; readonly content: string }
  | { readonly name: 'take' | 'free' | 'probe' | 'readOwner' | 'time' | 'watch' | 'unwatch' }
  | { readonly name: 'writeOwner'; readonly record: OwnerRecord }
  | { readonly name: 'sleep' | 'wait'; readonly ms: number }
  | { readonly name: 'beginBeats'; readonly inode: number; readonly content: string }
  | { readonly name: 'endBeats' | 'lost' | 'generation' | 'claimOfBeat' }
  | { readonly name: 'beat'; readonly generation: number }
  | { readonly name: 'loseBeat'; readonly generation: number; readonly reason: string }
  | { readonly name: 'enter' | 'commit' | 'leave' }
  | { readonly name: 'result'; readonly text: string };

export interface Answer {
  readonly value?: unknown;
  /** Code of the fault that the call throws. */
  readonly fault?: string;
}

/** Seconds between two beats, in the model as in the product. */
export const BEAT_SECONDS = 15;

const fault = (code: string): Answer => ({ fault: code });
const nothing: Answer = {};

/** Carries out one call in the world, which it changes. */
export function perform(world: World, process: ModelProcess, operation: Operation): Answer {
  switch (operation.name) {
    case 'status': {
      const inode = world.names.get(operation.path);
      return inode === undefined ? nothing : { value: statusOf(world, inode) };
    }
    case 'open':
    case 'openToWrite': {
      const inode = world.names.get(operation.path);
      return inode === undefined ? fault('ENOENT') : { value: opened(process, inode) };
    }
    case 'create': {
      if (world.names.has(operation.path)) return fault('EEXIST');
      const file = { creator: process.name, text: '', modified: world.time, changed: world.time, isSticky: operation.isSticky };
      process.mine = createFile(world, operation.path, file);
      touch(world, process, operation.path);
      return { value: opened(process, process.mine) };
    }
    case 'rename':
      return rename(world, process, operation.path, operation.to);
    case 'link':
      return link(world, process, operation.path, operation.to);
    case 'unlink':
      return unlink(world, process, operation.path);
    case 'beside':
      return { value: [...world.names.keys()].filter((name) => name.startsWith(operation.path)) };
    case 'fileStatus':
      return { value: statusOf(world, fileOf(process, operation.handle)) };
    case 'read':
      return { value: world.files.get(fileOf(process, operation.handle))?.text };
    case 'write':
    case 'rewrite':
      return write(world, process, operation.handle, operation.content);
    case 'close': {
      const inode = fileOf(process, operation.handle);
      process.handles[operation.handle] = undefined;
      collectFile(world, inode);
      return nothing;
    }
    case 'take':
      if (world.guard !== undefined && world.guard !== process.name) return { value: 'busy' };
      world.guard = process.name;
      return { value: 'taken' };
    case 'free':
      if (world.guard === process.name) world.guard = undefined;
      return nothing;
    case 'probe':
      return { value: world.guard === undefined || world.guard === process.name ? 'free' : 'busy' };
    case 'readOwner':
      return { value: world.record };
    case 'writeOwner':
      world.record = operation.record;
      return nothing;
    case 'time':
      return { value: world.time };
    case 'watch':
      process.isWatching = true;
      process.isTouched = false;
      return nothing;
    case 'unwatch':
      process.isWatching = false;
      return nothing;
    case 'sleep':
      world.time = Math.max(world.time, process.due);
      return nothing;
    case 'wait':
      if (!process.isTouched) world.time = Math.max(world.time, process.due);
      process.isTouched = false;
      return nothing;
    default:
      return performInMemory(world, process, operation);
  }
}

/** What touches no file: the memory that a process shares with its heartbeat, and the marks of the programs. */
function performInMemory(world: World, caller: ModelProcess, operation: Operation): Answer {
  const process = world.processes.find(({ name }) => name === caller.threadOf) ?? caller;
  const { pulse } = process;
  switch (operation.name) {
    case 'beginBeats': {
      const { inode, content } = operation;
      process.pulse = { generation: (pulse?.generation ?? 0) + 1, inode, content, beatAt: world.time, lost: undefined };
      return nothing;
    }
    case 'endBeats':
      if (pulse) process.pulse = { ...pulse, generation: pulse.generation + 1 };
      return nothing;
    case 'lost': {
      const isLate = pulse && world.time - pulse.beatAt > BEAT_SECONDS * 1000 * LOST_AFTER_BEATS;
      return { value: pulse?.lost ?? (isLate ? 'late' : undefined) };
    }
    case 'generation':
      return { value: pulse?.generation ?? 0 };
    case 'claimOfBeat':
      return { value: pulse && pulse.generation % 2 === 1 && !pulse.lost ? pulse : undefined };
    case 'beat':
      if (pulse?.generation === operation.generation) process.pulse = { ...pulse, beatAt: world.time };
      return nothing;
    case 'loseBeat':
      if (pulse?.generation === operation.generation) process.pulse = { ...pulse, lost: operation.reason };
      return nothing;
    case 'enter':
      process.isInside = true;
      process.insideSince = world.time;
      return nothing;
    case 'leave':
      process.isInside = false;
      return nothing;
    case 'result':
      process.results.push(operation.text);
      return nothing;
    default:
      return nothing;
  }
}

function opened(process: ModelProcess, inode: number): number {
  return process.handles.push(inode) - 1;
}

function fileOf(process: ModelProcess, handle: number): number {
  const inode = process.handles[handle];
  if (inode === undefined) throw new Error(`${process.name} uses handle ${handle}, which is closed`);
  return inode;
}

function touch(world: World, by: ModelProcess, path: string): void {
  if (path !== LOCK) return;
  for (const process of world.processes) if (process.isWatching && process !== by) process.isTouched = true;
}

function rename(world: World, process: ModelProcess, path: string, to: string): Answer {
  const inode = world.names.get(path);
  const file = inode === undefined ? undefined : world.files.get(inode);
  if (inode === undefined || !file) return fault('ENOENT');
  if (world.names.has(to)) unlink(world, process, to);
  world.names.delete(path);
  world.names.set(to, inode);
  world.files.set(inode, { ...file, changed: world.time });
  touch(world, process, path);
  touch(world, process, to);
  return nothing;
}

function link(world: World, process: ModelProcess, path: string, to: string): Answer {
  if (world.names.has(to)) return fault('EEXIST');
  const inode = world.names.get(path);
  const file = inode === undefined ? undefined : world.files.get(inode);
  if (inode === undefined || !file) return fault('ENOENT');
  world.names.set(to, inode);
  world.files.set(inode, { ...file, links: file.links + 1, changed: world.time });
  touch(world, process, to);
  return nothing;
}

function unlink(world: World, process: ModelProcess, path: string): Answer {
  const inode = world.names.get(path);
  const file = inode === undefined ? undefined : world.files.get(inode);
  if (inode === undefined || !file) return fault('ENOENT');
  world.names.delete(path);
  world.files.set(inode, { ...file, links: file.links - 1, changed: world.time });
  if (process.mine === inode) process.mine = 0;
  collectFile(world, inode);
  touch(world, process, path);
  return nothing;
}

function write(world: World, process: ModelProcess, handle: number, text: string): Answer {
  const inode = fileOf(process, handle);
  const file = world.files.get(inode);
  if (file) world.files.set(inode, { ...file, text, modified: world.time, changed: world.time });
  touch(world, process, world.names.get(LOCK) === inode ? LOCK : '');
  return nothing;
}
