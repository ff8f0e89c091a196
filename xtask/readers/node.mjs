// Runs the readers of JavaScript: `node node.mjs FOLDER` lists those that FOLDER/node_modules and this Node have,
// `node node.mjs FOLDER READER` reads {"id", "content_b64", "env": {name: base64}} line by line and answers each with
// {"id", "vars": [[name, value]], "unset": [name], "error"}, names and values in base64. Works in the current folder.
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , folder, reader] = process.argv;
const require = createRequire(path.join(folder, 'x.js'));
const modules = path.join(folder, 'node_modules');
const packageOf = (name) => path.join(modules, name, 'package.json');
const load = (name) => import(pathToFileURL(path.join(modules, name)).href);

// Set by `process.env`, unless the reader returns what it read.
const dotenv = (name, options = {}) => () => {
  const result = require(name).config({ quiet: true, ...options });
  if (result.error) throw result.error;
};
const expanded = (name, expand) => () => {
  require(expand).expand(require(name).config({ quiet: true }));
};
const nextEnv = () => {
  // It remembers what it has read.
  delete require.cache[require.resolve('@next/env')];
  let problem = null;
  const log = { info() {}, error(...words) { problem = words.map(String).join(' '); } };
  require('@next/env').loadEnvConfig(process.cwd(), false, log);
  delete process.env.__NEXT_PROCESSED_ENV;
  if (problem !== null) throw new Error(problem);
};
const dotenvx = () => {
  const result = require('@dotenvx/dotenvx').config({ quiet: true, logLevel: 'error' });
  if (result.error) throw result.error;
};

const major = process.versions.node.split('.')[0];
const readers = {
  [`node${major}`]: { packages: [], prepare: () => () => process.loadEnvFile('.env') },
  dotenv16: { packages: ['dotenv16'], prepare: () => dotenv('dotenv16') },
  dotenv17: { packages: ['dotenv17'], prepare: () => dotenv('dotenv17') },
  dotenv18: { packages: ['dotenv18'], prepare: () => dotenv('dotenv18') },
  'dotenv18-fast': { packages: ['dotenv18'], prepare: () => dotenv('dotenv18', { fast: true }) },
  'dotenv16+expand11': { packages: ['dotenv16', 'expand11'], prepare: () => expanded('dotenv16', 'expand11') },
  'dotenv17+expand12': { packages: ['dotenv17', 'expand12'], prepare: () => expanded('dotenv17', 'expand12') },
  'dotenv18+expand1000': { packages: ['dotenv18', 'expand1000'], prepare: () => expanded('dotenv18', 'expand1000') },
  'next-env': { packages: ['@next/env'], prepare: () => nextEnv },
  dotenvx: { packages: ['@dotenvx/dotenvx'], prepare: () => dotenvx },
  vite: {
    packages: ['vite'],
    // It reads with the parser of the Node it runs on, and the dialect is that of Node 22 and later.
    isHere: () => Number(major) >= 22,
    prepare: async () => {
      const { loadEnv } = await load('vite/dist/node/index.js');
      return () => loadEnv('development', process.cwd(), '');
    },
  },
  'env-cmd': {
    packages: ['env-cmd'],
    prepare: async () => {
      const { parseEnvString } = await load('env-cmd/dist/parse-env-file.js');
      return () => ({ ...process.env, ...parseEnvString(fs.readFileSync('.env', 'utf8')) });
    },
  },
};

// A reader may have made standard output non-blocking, so that a write takes only a part.
function write(answer) {
  let rest = Buffer.from(`${JSON.stringify(answer)}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(fs.writeSync(1, rest));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}
const encode = (text) => Buffer.from(text).toString('base64');
const decode = (text) => Buffer.from(text, 'base64').toString();

function list() {
  const found = {};
  for (const [name, { packages, isHere }] of Object.entries(readers)) {
    const isNode = packages.length === 0;
    if (isNode && typeof process.loadEnvFile !== 'function') continue;
    if (!packages.every((name) => fs.existsSync(packageOf(name))) || isHere?.() === false) continue;
    const versions = packages.map((name) => JSON.parse(fs.readFileSync(packageOf(name), 'utf8')).version);
    found[name] = isNode ? process.versions.node : versions.join(' ');
  }
  write(found);
}

function reset(environment) {
  for (const name of Object.keys(process.env)) delete process.env[name];
  for (const [name, value] of Object.entries(environment)) process.env[name] = decode(value);
}

// `process.env` and what `loadEnv` returns may hold any name, `__proto__` too.
const snapshot = (source) => new Map(Object.keys(source).map((name) => [name, source[name]]));

function answer(read, { id, content_b64, env }) {
  fs.writeFileSync('.env', Buffer.from(content_b64, 'base64'));
  reset(env);
  const before = snapshot(process.env);
  try {
    const after = snapshot(read() ?? process.env);
    const changed = [...after].filter(([name, value]) => before.get(name) !== value);
    const unset = [...before.keys()].filter((name) => !after.has(name));
    return { id, vars: changed.map(([name, value]) => [encode(name), encode(value)]), unset: unset.map(encode), error: null };
  } catch (error) {
    return { id, vars: [], unset: [], error: String(error?.message ?? error).slice(0, 200) };
  }
}

if (reader === undefined) {
  list();
} else {
  const read = await readers[reader].prepare();
  for (const name of ['log', 'info', 'warn', 'error', 'debug']) console[name] = () => {};
  for await (const line of readline.createInterface({ input: process.stdin })) write(answer(read, JSON.parse(line)));
}
