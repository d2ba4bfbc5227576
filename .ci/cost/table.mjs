// Works out what a month costs, from prices.json and measured.json, and puts it into terraform/README.md between its two marks.
//
//   node .ci/cost/table.mjs            writes
//   node .ci/cost/table.mjs --check    fails if the README says anything else
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const readJson = (name) => JSON.parse(readFileSync(path(name)));
const hoursAMonth = 730;
const daysAMonth = hoursAMonth / 24;

/** How often what happens in a month, and how much of it, at one size of the source and one number of changes a run. */
export function quantities(measured, size, changes) {
  const runs = (hoursAMonth * 60) / measured.everyMinutes.extract;
  const sweeps = (hoursAMonth * 60) / measured.everyMinutes.sweep;
  const followed = runs * changes.versions;
  const round = daysAMonth * size.round.versionsADay;
  const versions = followed + round;
  const { memoryGb, requests } = measured;
  const work = (stage) => followed * changes.seconds[stage] + round * size.round.seconds[stage];
  const bytes = (bucket) => followed * changes.bytes[bucket] + round * size.round.bytes[bucket];
  const invocations = runs + 2 * sweeps + 2 * versions;
  // The versions of a run ring as often, but one Load works, and the others find theirs loaded.
  const requested = (kind) => runs * (requests.extract[kind] + requests.load[kind]) + sweeps * requests.sweep[kind] + versions * requests.version[kind];
  const sent = bytes("ingestion") * 2 + bytes("processed") * 2; // written and read once
  return {
    gbSeconds: (runs * size.extractSeconds + work("extract")) * memoryGb.extract + (sweeps * size.sweepSeconds.transform + work("transform")) * memoryGb.transform +
      (sweeps * size.sweepSeconds.load + work("load")) * memoryGb.load,
    invocations,
    putOrList: requested("putOrList"),
    get: requested("get"),
    storedGb: ((bytes("ingestion") + bytes("processed")) / daysAMonth) * (measured.keptDays + measured.overwrittenDays) / 1e9,
    logGb: (invocations * measured.logBytesAnInvocation) / 1e9,
    metrics: measured.metrics,
    alarms: measured.alarms,
    secrets: measured.secrets,
    sentGb: sent / 1e9,
  };
}

/** The dollars of each item; with allowances, less what AWS gives every account each month for nothing. */
export function costs(prices, measured, amounts, withAllowances) {
  const free = withAllowances ? prices.allowances : { gbSeconds: 0, requests: 0, logGb: 0, metrics: 0, alarms: 0 };
  const over = (amount, allowance) => Math.max(0, amount - allowance);
  return {
    "Lambda, time": over(amounts.gbSeconds, free.gbSeconds) * prices.lambda.gbSecond[measured.architecture],
    "Lambda, requests": over(amounts.invocations, free.requests) * prices.lambda.request,
    "S3, writes and lists": amounts.putOrList * prices.s3.putOrList,
    "S3, reads": amounts.get * prices.s3.get,
    "S3, storage": amounts.storedGb * prices.s3.gbMonth,
    Logs: over(amounts.logGb, free.logGb) * prices.logs.gb,
    Metrics: over(amounts.metrics, free.metrics) * prices.cloudwatch.metric,
    Alarms: over(amounts.alarms, free.alarms) * prices.cloudwatch.alarm,
    "Secrets Manager": amounts.secrets * prices.secret,
  };
}

export const sum = (items) => Object.values(items).reduce((total, item) => total + item, 0);
export const natCost = (prices, amounts) => hoursAMonth * prices.nat.hour + amounts.sentGb * prices.nat.gb;

const dollars = (amount) => amount.toFixed(2);
const number = (amount) => Math.round(amount).toLocaleString("en-US");
const row = (...cells) => `| ${cells.join(" | ")} |`;

function describe(item, amounts) {
  return {
    "Lambda, time": `${number(amounts.gbSeconds)} GB-s`,
    "Lambda, requests": number(amounts.invocations),
    "S3, writes and lists": number(amounts.putOrList),
    "S3, reads": number(amounts.get),
    "S3, storage": `${amounts.storedGb.toFixed(1)} GB`,
    Logs: `${amounts.logGb.toFixed(2)} GB`,
    Metrics: number(amounts.metrics),
    Alarms: number(amounts.alarms),
    "Secrets Manager": `${amounts.secrets} secrets`,
  }[item];
}

function makeTables(prices, measured) {
  const typical = quantities(measured, measured.sizes[0], measured.sizes[0].changes[1]);
  const [list, reduced] = [false, true].map((allowances) => costs(prices, measured, typical, allowances));
  const cells = measured.sizes.flatMap((size) => size.changes.map((changes) => {
    const amounts = quantities(measured, size, changes);
    const [atList, less] = [false, true].map((allowances) => sum(costs(prices, measured, amounts, allowances)));
    return row(number(size.rows), number(changes.aRun), dollars(atList), dollars(less), dollars(less + natCost(prices, amounts)));
  }));
  return [
    `Prices: ${prices.of}. Durations and bytes: ${measured.from}.`,
    "",
    row("rows in the source", "changes a run", "list prices, $", "less AWS's monthly allowances, $", "the same, with a NAT gateway, $"),
    row("---:", "---:", "---:", "---:", "---:"),
    ...cells,
    "",
    `${number(measured.sizes[0].rows)} rows and ${number(measured.sizes[0].changes[1].aRun)} changes a run, item by item:`,
    "",
    row("", "in a month", "list prices, $", "less allowances, $"),
    row("---", "---:", "---:", "---:"),
    ...Object.keys(list).map((item) => row(item, describe(item, typical), dollars(list[item]), dollars(reduced[item]))),
    row("**Sum**", "", `**${dollars(sum(list))}**`, `**${dollars(sum(reduced))}**`),
  ].join("\n");
}

function main() {
  const readme = path("../../terraform/README.md");
  const text = readFileSync(readme, "utf8");
  const marks = /(<!-- Made by \.ci\/cost\/table\.mjs -->\n)[\s\S]*?(<!-- End -->)/;
  if (!marks.test(text)) throw new Error("terraform/README.md has no marks for the table of costs.");
  const made = text.replace(marks, (_, begin, end) => `${begin}${makeTables(readJson("prices.json"), readJson("measured.json"))}\n${end}`);
  if (!process.argv.includes("--check")) writeFileSync(readme, made);
  else if (made !== text) {
    console.error("The costs in terraform/README.md are not those of prices.json and measured.json: run node .ci/cost/table.mjs");
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
