import { assertEquals } from "@std/assert";
import type { ExchangeEnd } from "../../lib/http/exchange.ts";
import { Metrics } from "../../lib/server/metrics.ts";
import { NO_ROWS } from "../report/facts.ts";

function end(status: number): ExchangeEnd {
  return {
    request: null,
    peer: { transport: "unix" },
    status,
    fault: null,
    bytesIn: 0,
    bytesOut: 0,
    milliseconds: 1,
    error: null,
  };
}

function samples(metrics: Metrics): string[] {
  const text = metrics.text({ connections: 3, waiting: 2, running: 1, lostLogLines: 4 });
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

Deno.test("a server that has done nothing has all its counters at 0", () => {
  assertEquals(samples(new Metrics()), [
    'csvrecon_rows_total{status="created"} 0',
    'csvrecon_rows_total{status="updated"} 0',
    'csvrecon_rows_total{status="unchanged"} 0',
    'csvrecon_rows_total{status="skipped"} 0',
    'csvrecon_rows_total{status="rejected"} 0',
    "csvrecon_refused_logins_total 0",
    "csvrecon_run_seconds_total 0",
    "csvrecon_connections 3",
    "csvrecon_imports_waiting 2",
    "csvrecon_imports_running 1",
    "csvrecon_access_log_lines_lost_total 4",
  ]);
});

Deno.test("requests, runs, rows, seconds and refused logins are added up", () => {
  const metrics = new Metrics();
  const counts = { ...NO_ROWS, created: 5, updated: 4, unchanged: 3, skipped: 1, rejected: 2 };
  metrics.count(end(200), { exitCode: 1, counts, seconds: 1.5 });
  metrics.count(end(200), { exitCode: 1, counts, seconds: 0.5 });
  metrics.count(end(401), { exitCode: 77, isRefusedLogin: true });
  assertEquals(samples(metrics).slice(0, -4), [
    'csvrecon_rows_total{status="created"} 10',
    'csvrecon_rows_total{status="updated"} 8',
    'csvrecon_rows_total{status="unchanged"} 6',
    'csvrecon_rows_total{status="skipped"} 2',
    'csvrecon_rows_total{status="rejected"} 4',
    "csvrecon_refused_logins_total 1",
    "csvrecon_run_seconds_total 2",
    'csvrecon_http_requests_total{status="200"} 2',
    'csvrecon_http_requests_total{status="401"} 1',
    'csvrecon_runs_total{exit_code="1"} 2',
    'csvrecon_runs_total{exit_code="77"} 1',
  ]);
});

Deno.test("every metric has its help and its type before its samples", () => {
  const metrics = new Metrics();
  metrics.count(end(200), { exitCode: 0 });
  const lines = metrics.text({ connections: 0, waiting: 0, running: 0, lostLogLines: 0 }).trimEnd().split("\n");
  let name = "";
  for (const line of lines) {
    const [, kind, of] = /^# (HELP|TYPE) (\w+)/.exec(line) ?? [];
    if (kind === "HELP") name = of ?? "";
    else assertEquals(kind === "TYPE" ? of : /^\w+/.exec(line)?.[0], name, line);
  }
});
