// The sums of table.mjs, against sums on paper.
import assert from "node:assert/strict";
import { costs, natCost, quantities, sum } from "./table.mjs";

const measured = {
  architecture: "x86_64", memoryGb: { extract: 0.5, transform: 0.5, load: 1 }, everyMinutes: { extract: 5, sweep: 15 }, keptDays: 60, overwrittenDays: 0,
  metrics: 12, alarms: 25, secrets: 2, logBytesAnInvocation: 1000,
  requests: { extract: { putOrList: 10, get: 20 }, sweep: { putOrList: 5, get: 1 }, load: { putOrList: 4, get: 6 }, version: { putOrList: 2, get: 3 } },
};
const size = { extractSeconds: 1, sweepSeconds: { transform: 1, load: 1 }, round: { versionsADay: 24, bytes: { ingestion: 1e6, processed: 1e6 }, seconds: { extract: 0, transform: 2, load: 2 } } };
const changes = { versions: 1, bytes: { ingestion: 1000, processed: 1000 }, seconds: { extract: 0, transform: 1, load: 1 } };
const prices = {
  lambda: { gbSecond: { x86_64: 0.00001 }, request: 0.000001 }, s3: { putOrList: 0.00001, get: 0.000001, gbMonth: 0.02 }, logs: { gb: 0.5 }, cloudwatch: { metric: 0.3, alarm: 0.1 },
  secret: 0.4, nat: { hour: 0.05, gb: 1 }, allowances: { gbSeconds: 10000, requests: 1000000, logGb: 5, metrics: 10, alarms: 10 },
};
const amounts = quantities(measured, size, changes);

// 8,760 runs, 2,920 sweeps of two stages, 8,760 versions that were followed and 730 of the round.
const tests = {
  "Time is seconds by memory": () => assert.equal(amounts.gbSeconds, 8760 * 0.5 + (2920 + 8760 + 730 * 2) * 0.5 + (2920 + 8760 + 730 * 2)),
  "Each version is two invocations": () => assert.equal(amounts.invocations, 8760 + 2 * 2920 + 2 * 9490),
  "Requests are of runs, of the Load that works after each, of sweeps and of versions": () =>
    assert.deepEqual([amounts.putOrList, amounts.get], [87600 + 35040 + 14600 + 18980, 175200 + 52560 + 2920 + 28470]),
  "Storage is what 60 days bring": () => assert.ok(Math.abs(amounts.storedGb - 60 * (288 * 2000 + 24 * 2e6) / 1e9) < 1e-9),
  "An allowance is taken off once, and never pays out": () => {
    const less = costs(prices, measured, amounts, true);
    assert.ok(Math.abs(less["Lambda, time"] - (amounts.gbSeconds - 10000) * 0.00001) < 1e-12);
    assert.deepEqual([less["Lambda, requests"], less.Logs], [0, 0]);
    assert.ok(Math.abs(less.Metrics - 0.6) < 1e-12 && Math.abs(less.Alarms - 1.5) < 1e-12);
  },
  "At list prices nothing is taken off": () => assert.ok(Math.abs(costs(prices, measured, amounts, false).Metrics - 3.6) < 1e-12),
  "The sum is of all items": () => assert.ok(sum(costs(prices, measured, amounts, false)) > 3.6 + 2.5 + 0.8),
  "A NAT gateway costs by the hour and by the gigabyte": () => assert.ok(Math.abs(natCost(prices, amounts) - (36.5 + amounts.sentGb)) < 1e-9),
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try { test(); } catch (exception) { failed++; console.error(`FAILED: ${name}\n${exception.message}`); }
}
console.log(`costs: ${Object.keys(tests).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
