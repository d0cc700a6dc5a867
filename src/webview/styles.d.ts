/** The bundler takes a style that is imported out into a file of its own. */
declare module '*.css';
