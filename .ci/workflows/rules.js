// What the workflows, and the files beside them, must never lose: rules, and for each a way to break it.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { breakEach } from "../mutations.mjs";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const ownList = fileURLToPath(new URL("mutations.txt", import.meta.url));

/** The workflows of a repository, each with its text, and all jobs with the workflow that they are in. */
function read(root) {
  const folder = join(root, ".github/workflows");
  const workflows = Object.fromEntries(readdirSync(folder).map((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    return [file.replace(/\.yml$/, ""), { text, ...parse(text) }];
  }));
  const jobs = Object.entries(workflows).flatMap(([workflow, { jobs }]) => Object.entries(jobs).map(([name, job]) => ({ id: `${workflow}/${name}`, steps: [], ...job })));
  const file = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "");
  return { workflows, jobs, job: (id) => jobs.find((job) => job.id === id) ?? { steps: [] }, file };
}

const steps = (jobs) => jobs.flatMap((job) => job.steps);
const names = (jobs) => jobs.map((job) => job.id).sort().join();
const runs = (job) => job.steps.map((step) => step.run ?? "");
const position = (job, text) => runs(job).findIndex((run) => run.includes(text));
const uses = (job, action) => job.steps.find((step) => step.uses?.startsWith(action));

const rules = {
  "Every action is pinned by commit, with its version behind": ({ workflows }) => Object.values(workflows)
    .flatMap(({ text }) => text.match(/^ *(- )?uses:.*$/gm)).every((line) => /uses: (\.\/|[^@]+@[0-9a-f]{40} # v[0-9.]+$)/.test(line)),
  "A workflow may read the repository and no more, unless a job asks": ({ workflows }) =>
    Object.values(workflows).every(({ permissions }) => JSON.stringify(permissions) === '{"contents":"read"}'),
  "Only who attests, plans or applies proves who it is": ({ jobs }) =>
    names(jobs.filter((job) => job.permissions?.["id-token"])) === "deploy/attest,deploy/environment,environment/apply,environment/plan",
  "No job writes into the repository": ({ jobs }) =>
    jobs.every(({ permissions }) => Object.entries(permissions ?? {}).every(([scope, right]) => right !== "write" || ["id-token", "attestations"].includes(scope))),
  "A pull request runs with the rights of a stranger": ({ workflows }) => Object.values(workflows).every(({ on }) => !("pull_request_target" in on) && !("workflow_run" in on)),
  "A pull request is verified": ({ workflows }) => "pull_request" in workflows.verify.on,
  "Only main is deployed": ({ workflows }) => JSON.stringify(workflows.deploy.on.push) === '{"branches":["main"]}' && !("pull_request" in workflows.deploy.on),
  "Nothing is deployed that was not verified": ({ job }) => job("deploy/environment").needs.includes("verify") && job("deploy/environment").if.includes("needs.verify.result == 'success'") &&
    job("deploy/environment").if.includes("!cancelled()"),
  "Two deployments never overlap, and none is broken off": ({ workflows }) => workflows.deploy.concurrency?.group === "deploy" && workflows.deploy.concurrency["cancel-in-progress"] === false,
  "Environments are deployed one after the other, and a failure ends the row": ({ job }) => job("deploy/environment").strategy["max-parallel"] === 1 && job("deploy/environment").strategy["fail-fast"] === true,
  "Each environment gets its own settings": ({ job }) => job("deploy/environment").secrets.SETTINGS === "${{ secrets[format('{0}_SETTINGS', matrix.environment)] }}" &&
    job("deploy/environment").with.bootstrap === "${{ vars[matrix.environment] }}",
  "Applying waits at the gate of its environment": ({ job }) => job("environment/apply").environment === "${{ inputs.environment }}" && job("environment/apply").needs === "plan",
  "Planning does not wait, and takes the role that reads": ({ job }) => job("environment/plan").environment === undefined &&
    uses(job("environment/plan"), "aws-actions/configure-aws-credentials").with["role-to-assume"] === "${{ fromJSON(inputs.bootstrap).plan_role }}",
  "Only behind the gate the role that deploys is taken": ({ workflows, jobs }) => names(jobs.filter((job) => JSON.stringify(job.steps).includes("deploy_role"))) === "environment/apply",
  "What is applied is compared with what was planned": ({ job }) => job("environment/apply").steps.some((step) => step.run === "bash .ci/deploy/apply" && step.env?.PLANNED_CHANGES === "${{ needs.plan.outputs.changes }}") &&
    job("environment/plan").outputs.changes === "${{ steps.plan.outputs.changes }}",
  "The provider that planned applies": ({ job }) => {
    const [from, to] = [uses(job("environment/plan"), "actions/upload-artifact"), job("environment/apply").steps.filter((step) => step.uses?.startsWith("actions/download-artifact")).at(-1)];
    return from.with.path === "terraform/.terraform.lock.hcl" && from.with["include-hidden-files"] === true && to.with.name === from.with.name && to.with.path === "terraform";
  },
  "A saved plan, which holds passwords, is no artifact": ({ jobs }) => steps(jobs).filter((step) => step.uses?.startsWith("actions/upload-artifact")).every((step) => !/plan|tfvars|RUNNER_TEMP|runner\.temp/i.test(step.with.path)),
  "Zips are uploaded, then applied, then tried out, then promoted": ({ job }) => {
    const order = ["upload-packages", "apply", "try-out", "promote"].map((script) => position(job("environment/apply"), `.ci/deploy/${script}`));
    return order.every((at, index) => at >= 0 && (index === 0 || at > order[index - 1]));
  },
  "Whoever deploys keeps the role for longer than the job may take, to go back at the end": ({ job, file }) => {
    const apply = job("environment/apply");
    const seconds = uses(apply, "aws-actions/configure-aws-credentials").with["role-duration-seconds"];
    return seconds > 60 * apply["timeout-minutes"] && seconds <= Number(file("terraform/bootstrap/environment/roles.tf").match(/max_session_duration = (\d+)/)[1]);
  },
  "Zips are attested, and checked before they are uploaded": ({ job }) => {
    const apply = job("environment/apply");
    const check = position(apply, "gh attestation verify");
    return uses(job("deploy/attest"), "actions/attest-build-provenance")?.with["subject-path"] === "artifacts/*/*.zip" && check >= 0 && check < position(apply, "upload-packages");
  },
  "Build, tests and zips are with Amazon's packages": ({ workflows, jobs }) => workflows.verify.env.AmazonLambdaPackages === "true" &&
    names(jobs.filter((job) => job.env?.AmazonLambdaPackages !== undefined)) === "verify/stand_in",
  "Another tenth of the planted faults is tried each time, and a small benchmark": ({ job }) => ['--tenth "$GITHUB_RUN_NUMBER"', "EtlPipeline.Benchmarks -- 50000"]
    .every((command) => position(job("verify/mutants"), command) >= 0),
  "The stand-in is built and tested, too": ({ job }) => job("verify/stand_in").env?.AmazonLambdaPackages === "false" && position(job("verify/stand_in"), "EtlPipeline.Functions.Tests") >= 0,
  "Everything is tested with the oldest and the newest PostgreSQL": ({ job }) => job("verify/everything").strategy.matrix.postgresql.join() === "13,18" && position(job("verify/everything"), "bash .ci/run") >= 0,
  "Windows and macOS build": ({ job }) => job("verify/other_systems").strategy.matrix.system.map((system) => system.split("-")[0]).join() === "windows,macos",
  "The deployment scripts are tested with macOS's own bash": ({ job }) => position(job("verify/other_systems"), "/bin/bash .ci/checks/deployment") >= 0,
  "A processor's zips are compiled and tested on it": ({ job }) => job("verify/packages")["runs-on"] === "${{ matrix.architecture == 'arm64' && 'ubuntu-22.04-arm' || 'ubuntu-22.04' }}" &&
    job("verify/packages").steps.some((step) => step.env?.IDENTIFIER === "${{ matrix.architecture == 'arm64' && 'linux-arm64' || 'linux-x64' }}" && step.run.includes("Functions.proj")),
  "Zips are tested, then started on Amazon Linux, then kept": ({ job }) => {
    const packages = job("verify/packages");
    const order = [position(packages, "Functions.proj"), position(packages, "EtlPipeline.Functions.Tests"), position(packages, "start-on-amazon-linux"), packages.steps.indexOf(uses(packages, "actions/upload-artifact"))];
    return order.every((at, index) => at >= 0 && (index === 0 || at > order[index - 1]));
  },
  "The native tests run the zips' own binaries": ({ job }) => job("verify/packages").steps.some((step) => step.env?.ETL_FUNCTIONS_FOLDER === "${{ github.workspace }}/artifacts"),
  "No job waits without a limit": ({ jobs }) => jobs.every((job) => job.uses || job["timeout-minutes"] <= 90),
  "No secret and no input is pasted into a script": ({ jobs }) => steps(jobs).every((step) => !step.run?.includes("${{")),
  "Only planning and applying see the settings": ({ jobs }) => names(jobs.filter((job) => job.steps.some((step) => JSON.stringify(step.env ?? {}).includes("secrets.")))) === "environment/apply,environment/plan" &&
    steps(jobs).every((step) => !JSON.stringify(step.env ?? {}).includes("secrets.") || /^bash \.ci\/deploy\/(plan|apply)$/.test(step.run)),
  "A checkout keeps no credentials": ({ jobs }) => steps(jobs).filter((step) => step.uses?.startsWith("actions/checkout")).every((step) => step.with?.["persist-credentials"] === false),
  "Terraform is the version that was tried": ({ jobs }) => steps(jobs).filter((step) => step.uses?.startsWith("hashicorp/setup-terraform")).every((step) => step.with.terraform_version === "1.11.4"),
  "The provider is the version that was tried, everywhere": ({ file }) => ["versions.tf", "bootstrap/versions.tf", "bootstrap/environment/versions.tf", "modules/bucket/versions.tf", "modules/function/versions.tf"]
    .every((path) => /^ +version = "5\.100\.0"$/m.test(file(`terraform/${path}`))),
  "Terraform moves no alias": ({ file }) => /ignore_changes = \[function_version, routing_config\]/.test(file("terraform/modules/function/alias.tf")),
  "A newer version is proposed of everything that is pinned": ({ file }) => parse(file(".github/dependabot.yml")).updates.map((update) => update["package-ecosystem"]).sort().join() === "github-actions,npm,nuget,terraform",
  "What deploys has owners": ({ file }) => ["/terraform/", "/.github/", "/.ci/"].every((folder) => new RegExp(`^${folder.replaceAll(".", "\\.")} +@`, "m").test(file("CODEOWNERS"))),
  "Every alarm has its line in the runbook": ({ file }) => {
    const keys = file("terraform/tests/monitoring.tftest.hcl").match(/run "alarms"[\s\S]*?error_message/)[0];
    const stages = ["extract", "transform", "load"];
    const alarms = [...stages.flatMap((stage) => keys.match(/\[for of in \[(.*?)\]/)[1].match(/[a-z-]+/g).map((of) => `${stage}/${of}`)), ...(keys.match(/"[a-z]+\/[a-z-]+"/g) ?? []).map((key) => key.slice(1, -1))];
    const runbook = file("terraform/README.md").split(/^## Runbook$/m)[1] ?? "";
    return alarms.length === 25 && alarms.every((alarm) => runbook.includes(`\`${alarm}\``));
  },
  "Every line with `aws` in the README names the region": ({ file }) => (file("terraform/README.md").match(/^.*\baws [a-z0-9]+ [a-z0-9-]+ .*$/gm) ?? []).every((line) => line.includes("--region")),
  "No password is typed into a command": ({ file }) => !/--secret-string '|PASSWORD 'x|PASSWORD '[^']/.test(file("terraform/README.md")),
};

function broken(root) {
  const state = read(root);
  return Object.entries(rules).filter(([, holds]) => {
    try {
      return !holds(state);
    } catch {
      return true;
    }
  }).map(([name]) => name);
}

const failures = broken(repository);
for (const rule of failures) console.error(`BROKEN: ${rule}`);
console.log(`rules for workflows: ${Object.keys(rules).length - failures.length} passed, ${failures.length} failed`);
const parts = [".github", "terraform", "CODEOWNERS"];
const caught = await breakEach(repository, parts.filter((part) => existsSync(join(repository, part))), ownList, Object.keys(rules), async (copy) => broken(copy));
process.exit(failures.length === 0 && caught ? 0 : 1);
