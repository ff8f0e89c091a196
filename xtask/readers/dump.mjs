// Prints the environment that Bun or Deno has set up from a file: `NAME=value`, each ended by NUL.
import { writeSync } from 'node:fs';

const environment = globalThis.Deno ? Deno.env.toObject() : process.env;
const entries = Object.keys(environment).map((name) => `${name}=${environment[name]}\0`);
writeSync(1, entries.join(''));
