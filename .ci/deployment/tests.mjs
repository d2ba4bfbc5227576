// Runs the scripts of .ci/deploy against an AWS and a Terraform that are scripts themselves, and looks at what became of the account.
//
//   node tests.mjs              all tests, then once more on a broken copy for each block of mutations.txt
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { breakEach } from "../mutations.mjs";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const stages = ["extract", "transform", "load"];
const secret = "planted-secret-of-the-warehouse";
const settings = { alarm_email: "data-team@example.com", warehouse: { host: "warehouse.example.com", user: "etl_loader" }, warehouse_password: secret };

/** A repository with zips, and an account in which version 6 of each function runs and version 7 is the newest. */
class World {
  constructor(root) {
    this.folder = mkdtempSync(join(tmpdir(), "deployment-"));
    cpSync(join(root, ".ci/deploy"), join(this.folder, ".ci/deploy"), { recursive: true });
    for (const folder of ["artifacts", "terraform", "runner"]) mkdirSync(join(this.folder, folder));
    for (const stage of stages) writeFileSync(join(this.folder, "artifacts", `${stage}.zip`), `the code of ${stage}`);
    this.account = {
      calls: [], region: "eu-west-2", objects: {}, lake: { [`currency/${today()}.json.gz`]: 1 }, silent: [], failures: {},
      loaded: [`dim_currency/${today()}`], loadedAt: Date.now(),
      aliases: Object.fromEntries(stages.map((stage) => [`etl-${stage}`, { live: "6" }])),
      outputs: {
        region: "eu-west-2", functions: Object.fromEntries(stages.map((stage) => [stage, { name: `etl-${stage}`, version: "7" }])),
        log_groups: { load: "/aws/lambda/etl-load" }, buckets: { ingestion: "lake" }, tables: ["currency", "sales_order"], console: { dashboard: "https://console" },
      },
      plan: { resource_changes: [{ address: "a.b", change: { actions: ["update"], after: { host: "old.example.com" }, after_unknown: {} } }], output_changes: { one: { after: 1 } } },
    };
  }

  run(command, environment = {}) {
    const [name, ...parameters] = command.split(" ");
    const file = join(this.folder, "account.json");
    const files = { summary: join(this.folder, "runner/summary"), output: join(this.folder, "runner/output") };
    writeFileSync(file, JSON.stringify(this.account));
    const { status, stdout, stderr } = spawnSync(process.platform === "darwin" ? "/bin/bash" : "bash", [join(this.folder, ".ci/deploy", name), ...parameters], {
      encoding: "utf8", timeout: 60_000,
      env: {
        PATH: `${join(repository, ".ci/deployment/fakes")}:${process.env.PATH}`, HOME: this.folder, FAKE_ACCOUNT: file, RUNNER_TEMP: join(this.folder, "runner"),
        GITHUB_STEP_SUMMARY: files.summary, GITHUB_OUTPUT: files.output, AWS_REGION: "eu-west-2", PIPELINE_NAME: "etl", STATE_BUCKET: "state", CODE_BUCKET: "code",
        SETTINGS: JSON.stringify(settings), SMOKE_TEST_MINUTES: "0", SMOKE_TEST_SECONDS: "0", ...environment,
      },
    });
    this.account = JSON.parse(readFileSync(file));
    const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");
    return { status, said: stdout + stderr, stdout, summary: read(files.summary), output: read(files.output) };
  }

  variables() { return JSON.parse(readFileSync(join(this.folder, "terraform/deployment.auto.tfvars.json"))); }
  live() { return stages.map((stage) => this.account.aliases[`etl-${stage}`].live).join(); }
  previous() { return stages.map((stage) => this.account.aliases[`etl-${stage}`].previous).join(); }
  has(call) { return this.account.calls.includes(call); }
  applied() { return this.account.calls.some((call) => call.startsWith("terraform apply")); }
  end() { rmSync(this.folder, { recursive: true }); }

  /** Plans, lets something change, and applies. */
  planThenApply(change, environment = {}) {
    const planned = this.run("plan").output.match(/changes=(.*)/)[1];
    change();
    return this.run("apply", { PLANNED_CHANGES: planned, ...environment });
  }
}

function today() { return `${new Date().toISOString().slice(0, 10)}_00-00-00-000001`; }
const sha256 = (text, form) => createHash("sha256").update(text).digest(form);
const keyOf = (stage) => `${stage}/${sha256(`the code of ${stage}`, "hex")}.zip`;

const tests = {
  "A zip is known by its hash": (world) => {
    const { packages } = JSON.parse(world.run("package-variables").stdout);
    assert.deepEqual(packages, Object.fromEntries(stages.map((stage) => [stage, { key: keyOf(stage), hash: sha256(`the code of ${stage}`, "base64") }])));
  },
  "Zips are uploaded with their checksums": (world) => {
    assert.equal(world.run("upload-packages").status, 0);
    assert.deepEqual(world.account.objects, Object.fromEntries(stages.map((stage) => [keyOf(stage), sha256(`the code of ${stage}`, "base64")])));
  },
  "A zip that is there already is left alone": (world) => {
    world.run("upload-packages");
    const { status, said } = world.run("upload-packages");
    assert.equal(status, 0);
    assert.equal(said.match(/there already/g)?.length, 3);
  },
  "A zip's key that holds another file is not overwritten, and named": (world) => {
    world.account.objects[keyOf("load")] = "another";
    const { status, said } = world.run("upload-packages");
    assert.equal(world.account.objects[keyOf("load")], "another");
    assert.notEqual(status, 0);
    assert.ok(said.includes(keyOf("load")));
  },
  "An upload that is refused ends the deployment": (world) => {
    world.account.denies = true;
    const { status, said } = world.run("upload-packages");
    assert.notEqual(status, 0);
    assert.match(said, /AccessDenied/);
  },
  "What was planned is applied": (world) => {
    assert.equal(world.planThenApply(() => {}).status, 0);
    assert.ok(world.applied());
  },
  "A value that changed since the plan stops the apply": (world) => {
    const { status, said } = world.planThenApply(() => { world.account.plan.resource_changes[0].change.after.host = "new.example.com"; });
    assert.notEqual(status, 0);
    assert.ok(!world.applied());
    assert.ok(said.includes("update a.b") && !said.includes("new.example.com"));
  },
  "An output that changed since the plan stops the apply": (world) => {
    assert.notEqual(world.planThenApply(() => { world.account.plan.output_changes.one.after = 2; }).status, 0);
    assert.ok(!world.applied());
  },
  "A value that became unknown since the plan stops the apply": (world) => {
    assert.notEqual(world.planThenApply(() => { world.account.plan.resource_changes[0].change.after_unknown = { arn: true }; }).status, 0);
    assert.ok(!world.applied());
  },
  "What stays as it is does not stop the apply": (world) => {
    const untouched = { address: "c.d", change: { actions: ["no-op"], after: {}, after_unknown: {} } };
    assert.equal(world.planThenApply(() => { world.account.plan.resource_changes.push(untouched); }).status, 0);
  },
  "Only the provider that planned applies": (world) => {
    world.planThenApply(() => {});
    assert.ok(world.has("terraform init -input=false -no-color -lockfile=readonly"));
  },
  "Without the plan's lock file nothing is applied": (world) => {
    const { status, said } = world.planThenApply(() => { rmSync(join(world.folder, "terraform/.terraform.lock.hcl")); });
    assert.notEqual(status, 0);
    assert.match(said, /\.terraform\.lock\.hcl/);
    assert.ok(!world.applied());
  },
  "The settings become variables, and can't rename the pipeline": (world) => {
    world.run("plan", { SETTINGS: JSON.stringify({ ...settings, name: "another", packages: {} }) });
    const { name, region, code_bucket: bucket, packages, warehouse } = world.variables();
    assert.deepEqual([name, region, bucket, warehouse.host], ["etl", "eu-west-2", "code", "warehouse.example.com"]);
    assert.equal(packages.load.key, keyOf("load"));
  },
  "The file of variables is for its owner alone": (world) => {
    world.run("plan");
    assert.equal(statSync(join(world.folder, "terraform/deployment.auto.tfvars.json")).mode & 0o077, 0);
  },
  "GitHub is told to mask what is private": (world) => {
    const { stdout } = world.run("plan", { GITHUB_ACTIONS: "true" });
    for (const text of [secret, "warehouse.example.com", "etl_loader", "data-team@example.com"]) assert.ok(stdout.includes(`::add-mask::${text}\n`), text);
  },
  "A plan's summary and outputs hold nothing private": (world) => {
    world.account.plan.resource_changes[0].change.after.password = secret;
    const { summary, output, said } = world.run("plan");
    for (const text of [secret, "old.example.com"]) assert.ok(!(summary + output + said).includes(text), text);
    assert.match(output, /^changes=[0-9a-f]{64}\n$/);
    assert.match(summary, /1 to change/);
  },
  "Settings that are no JSON object are named, with an example": (world) => {
    const { status, said } = world.run("plan", { SETTINGS: "[1]" });
    assert.notEqual(status, 0);
    assert.match(said, /SETTINGS isn't a JSON object, such as \{/);
  },
  "All settings that are missing are named at once": (world) => {
    const { status, said } = world.run("plan", { STATE_BUCKET: "", SETTINGS: "" });
    assert.notEqual(status, 0);
    assert.match(said, /Not set: STATE_BUCKET SETTINGS\./);
  },
  "The newest versions are tried out, and the aliases stay": (world) => {
    assert.equal(world.run("try-out").status, 0);
    for (const stage of stages) assert.ok(world.has(`lambda invoke etl-${stage}:7 {}`));
    assert.equal(world.live(), "6,6,6");
  },
  "A version that fails is named with its request and its log line": (world) => {
    world.account.failures["etl-load:7"] = { message: "the exception", lines: [
      { level: "Information", message: "Begins", request_id: "request-1" },
      { level: "Error", message: "The warehouse refused the role.", request_id: "request-1" },
      { type: "platform.report", record: { requestId: "request-1", status: "error" } },
    ] };
    const { status, said } = world.run("try-out");
    assert.notEqual(status, 0);
    assert.match(said, /etl-load:7 failed\. Request request-1: The warehouse refused the role\./);
    assert.equal(world.live(), "6,6,6");
  },
  "A version that is ended by its time-out is named with its request": (world) => {
    world.account.failures["etl-extract:7"] = { message: "timed out", lines: [{ type: "platform.report", record: { requestId: "request-2", status: "timeout" } }] };
    assert.match(world.run("try-out").said, /etl-extract:7 failed\. Request request-2: timeout/);
  },
  "A version that does not answer is named": (world) => {
    world.account.silent.push("etl-transform:7");
    const { status, said } = world.run("try-out");
    assert.notEqual(status, 0);
    assert.match(said, /etl-transform:7 could not be invoked or did not answer.*ReadTimeout/);
  },
  "What was tried out is promoted, Load first": (world) => {
    assert.equal(world.run("promote").status, 0);
    assert.equal(world.live(), "7,7,7");
    const moves = world.account.calls.filter((call) => call.startsWith("lambda update-alias")).map((call) => call.split(" ")[2]);
    assert.deepEqual(moves, ["etl-load:live=7", "etl-transform:live=7", "etl-extract:live=7"]);
  },
  "A promotion remembers what ran before": (world) => {
    world.run("promote");
    assert.equal(world.previous(), "6,6,6");
  },
  "A promotion whose chain does not reach the warehouse goes back": (world) => {
    world.account.loaded = [];
    const { status, said } = world.run("promote");
    assert.notEqual(status, 0);
    assert.match(said, /dim_currency\/.* is not loaded/);
    assert.equal(world.live(), "6,6,6");
  },
  "A promotion whose Extract fails goes back": (world) => {
    world.account.failures["etl-extract:live"] = { message: "the exception", lines: [] };
    assert.notEqual(world.run("promote").status, 0);
    assert.equal(world.live(), "6,6,6");
    assert.equal(world.previous(), ",,");
  },
  "A deployment that changes no function keeps what ran before": (world) => {
    for (const stage of stages) world.account.aliases[`etl-${stage}`] = { live: "7", previous: "5" };
    assert.equal(world.run("promote").status, 0);
    assert.equal(world.previous(), "5,5,5");
  },
  "A function without an alias is not promoted": (world) => {
    world.account.aliases["etl-transform"] = {};
    assert.match(world.run("promote").said, /etl-transform has no alias live/);
    assert.equal(world.account.aliases["etl-load"].live, "6");
  },
  "A roll-back runs what ran before, of all three": (world) => {
    for (const stage of stages) world.account.aliases[`etl-${stage}`] = { live: "7", previous: stage === "load" ? "6" : "5" };
    assert.equal(world.run("roll-back etl eu-west-2").status, 0);
    assert.equal(world.live(), "5,5,6");
    assert.equal(world.previous(), "7,7,7");
  },
  "A roll-back says what it has to be told": (world) => {
    const { status, said } = world.run("roll-back");
    assert.notEqual(status, 0);
    assert.match(said, /NAME REGION, such as: bash \.ci\/deploy\/roll-back totesys-etl eu-west-2/);
  },
  "Without an earlier promotion nothing is rolled back": (world) => {
    world.account.aliases["etl-extract"].previous = "5";
    const { status, said } = world.run("roll-back etl eu-west-2");
    assert.notEqual(status, 0);
    assert.match(said, /etl-transform has no alias previous/);
    assert.equal(world.live(), "6,6,6");
  },
  "An alias that can't be read is not taken for a missing one": (world) => {
    world.account.denies = true;
    delete world.account.aliases["etl-load"].live;
    const { status, said } = world.run("promote");
    assert.notEqual(status, 0);
    assert.match(said, /AccessDenied/);
    assert.doesNotMatch(said, /apply first/);
  },
  "The smoke test follows a new version of a small table to the warehouse": (world) => {
    const { status, said } = world.run("smoke-test");
    assert.equal(status, 0);
    assert.ok(world.has('lambda invoke etl-extract:live {"read": ["currency"]}'));
    assert.ok(said.includes(`loaded: dim_currency/${today()}`));
  },
  "Of several versions the smoke test follows the newest": (world) => {
    const newest = today().replace("000001", "000002");
    world.account.lake[`currency/${newest}.json.gz`] = 1;
    world.account.lake[`currency/${newest}.segments`] = 1;
    assert.match(world.run("smoke-test").said, new RegExp(`${newest} is not loaded`));
  },
  "The smoke test knows an open list of tables": (world) => {
    world.account.outputs.tables = ["*", "!currency"];
    world.account.lake[`payment_type/${today()}.json.gz`] = 1;
    world.account.loaded = [`dim_payment_type/${today()}`];
    assert.equal(world.run("smoke-test").status, 0);
  },
  "Without a table that it knows the smoke test runs Extract": (world) => {
    world.account.outputs.tables = ["supplier"];
    assert.equal(world.run("smoke-test").status, 0);
    assert.ok(world.has("lambda invoke etl-extract:live {}"));
  },
  "Every call of AWS names the region": (world) => {
    world.account.region = world.account.outputs.region = "us-east-1";
    for (const script of ["try-out", "promote", "roll-back etl us-east-1"]) {
      const { status, said } = world.run(script);
      assert.equal(status, 0, `${script}: ${said}`);
    }
    assert.equal(world.run("upload-packages", { AWS_REGION: "us-east-1" }).status, 0);
  },
  "The scripts run on macOS": (_, root) => {
    const scripts = ["common", "settings", "plan", "apply", "invocation", "try-out", "aliases", "promote", "roll-back", "smoke-test", "upload-packages", "package-variables"];
    const foreign = /\b(mapfile|readarray|sha256sum|gdate|base64 -w)\b|(^|\s)timeout\s|declare -A|\bdate -|sed -i|grep -P|readlink -f|\$\{[a-z_]+(,,|\^\^)|&>>|\bcoproc\b/m;
    for (const script of scripts) assert.doesNotMatch(readFileSync(join(root, ".ci/deploy", script), "utf8").replace(/^#.*$/gm, ""), foreign, script);
  },
};

function failuresIn(root, only) {
  return Object.entries(tests).filter(([name]) => !only || name === only).flatMap(([name, test]) => {
    const world = new World(root);
    try {
      test(world, root);
      return [];
    } catch (exception) {
      if (!only) console.error(`FAILED: ${name}\n${exception.message}`);
      return [name];
    } finally {
      world.end();
    }
  });
}

execFileSync("bash", ["-c", "command -v jq openssl"]);
const failures = failuresIn(repository);
console.log(`deployment scripts: ${Object.keys(tests).length - failures.length} passed, ${failures.length} failed`);
const caught = await breakEach(repository, [".ci/deploy"], join(repository, ".ci/deployment/mutations.txt"), Object.keys(tests), async (copy, test) => failuresIn(copy, test));
process.exit(failures.length === 0 && caught ? 0 : 1);
