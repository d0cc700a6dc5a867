/** A style that esbuild puts beside the script that imports it. */
declare module '*.css';
