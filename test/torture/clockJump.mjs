// Preloaded into a process and its threads: sets their wall clock by JUMP ms, JUMP_AFTER ms after their start.
const { now } = Date;
const [jump, after] = [Number(process.env.JUMP), Number(process.env.JUMP_AFTER)];
const begun = now();
Date.now = () => (now() - begun > after ? now() + jump : now());
