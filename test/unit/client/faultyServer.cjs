// A database process that misbehaves in the way its first request's path says.
process.on('message', (message) => {
  if ('cancel' in message) {
    const error = { code: 'CANCELLED', message: 'Three rows were written.', nextStep: 'Run Sync again.' };
    if (message.cancel === process.writing) process.send({ id: process.writing, error });
    return;
  }
  if (message.method === 'applySync') {
    process.writing = message.id;
    return;
  }
  if (message.method === 'open') process.faulty = message.params.path;
  if (message.method === 'describe' && process.faulty === 'dies') process.exit(7);
  if (message.method === 'describe' && process.faulty === 'hangs') for (;;);
  if (message.method === 'describe' && process.faulty === 'is silent') return;
  if (message.method === 'describe' && process.faulty === 'takes long to open') {
    const signs = setInterval(() => process.send({ event: 'opening' }), 50);
    setTimeout(() => clearInterval(signs) || process.send({ id: message.id, result: process.pid }), 600);
    return;
  }
  if (message.method === 'getAreas' && process.faulty === 'fails') {
    process.send({ id: message.id, error: { code: 'DATABASE_MISSING', message: 'No file.', nextStep: 'Make one.' } });
    return;
  }
  process.send({ id: message.id, result: process.pid });
});
process.on('disconnect', () => process.exit(0));
