// Breaks a copy of the repository once for each block of a list, and sees the named check fail.
//
//   run      the test that is to fail
//   in       the file that is changed
//   replace  a text of that file (\n is a new line): its first occurrence, ...
//   with     ... and what it becomes
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

async function readBlocks(list) {
  const text = await readFile(list, "utf8");
  return text.split("\n\n").map((block) => block.split("\n").filter((line) => line !== "" && !line.startsWith("#")))
    .filter((lines) => lines.length > 0)
    .map((lines) => Object.fromEntries(lines.map((line) => [line.slice(0, 8).trim(), line.slice(8).replaceAll("\\n", "\n")])));
}

async function tryOne(root, parts, block, failuresIn) {
  const copy = await mkdtemp(join(tmpdir(), "mutation-"));
  try {
    for (const part of parts) await cp(join(root, part), join(copy, part), { recursive: true, filter: (path) => !/node_modules|\.terraform$/.test(path) });
    const path = join(copy, block.in);
    const before = await readFile(path, "utf8");
    if (!before.includes(block.replace)) return `DOES NOT FIT: ${block.run}: ${block.in}`;
    await writeFile(path, before.replace(block.replace, () => block.with ?? ""));
    const failures = await failuresIn(copy, block.run);
    return failures.includes(block.run) ? null : `NOT CAUGHT: ${block.run}: ${block.in}: ${block.replace} -> ${block.with ?? ""}`;
  } finally {
    await rm(copy, { recursive: true });
  }
}

/**
 * Runs the list.
 * @param root the repository
 * @param parts what of it is copied
 * @param list the list's path
 * @param tests the names of all tests: each has to be broken by a block
 * @param failuresIn (copy, test) => the names of the tests that fail on the copy
 */
export async function breakEach(root, parts, list, tests, failuresIn) {
  const blocks = await readBlocks(list);
  const complaints = tests.filter((test) => !blocks.some((block) => block.run === test)).map((test) => `NO MUTATION: ${test}`);
  complaints.push(...blocks.filter((block) => !tests.includes(block.run)).map((block) => `NO SUCH TEST: ${block.run}`));
  const queue = [...blocks];
  const work = async () => {
    for (let block = queue.shift(); block; block = queue.shift()) {
      const complaint = await tryOne(root, parts, block, failuresIn);
      if (complaint) complaints.push(complaint);
    }
  };
  await Promise.all([work(), work()]);
  for (const complaint of complaints) console.error(complaint);
  console.log(`mutations: ${blocks.length - complaints.filter((text) => !text.startsWith("NO MUTATION")).length} passed, ${complaints.length} failed`);
  return complaints.length === 0;
}
