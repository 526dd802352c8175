/** What the server counts, in the Prometheus text format (https://prometheus.io/docs/instrumenting/exposition_formats/), version 0.0.4. */
import type { ExchangeEnd } from "../http/exchange.ts";
import { METRIC_HELP } from "../messages/metrics.ts";
import type { RequestNotes } from "./request_notes.ts";

export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

type MetricName = keyof typeof METRIC_HELP;

/** What is true at the moment. */
export interface Gauges {
  readonly connections: number;
  /** Imports that wait for the one that runs. */
  readonly waiting: number;
  readonly running: number;
  /** Of the access log, since the start. */
  readonly lostLogLines: number;
}

const ROW_STATUSES = ["created", "updated", "unchanged", "skipped", "rejected"] as const;

export class Metrics {
  /** Counters by name and label. */
  readonly #counters = new Map<MetricName, Map<string, number>>();

  constructor() {
    for (const status of ROW_STATUSES) this.#add("csvrecon_rows_total", `status="${status}"`, 0);
    this.#add("csvrecon_refused_logins_total", "", 0);
    this.#add("csvrecon_run_seconds_total", "", 0);
  }

  /** Counts a request that is over. */
  count(end: ExchangeEnd, notes: RequestNotes): void {
    this.#add("csvrecon_http_requests_total", `status="${end.status ?? "none"}"`, 1);
    if (notes.isRefusedLogin === true) this.#add("csvrecon_refused_logins_total", "", 1);
    if (notes.exitCode !== undefined) this.#add("csvrecon_runs_total", `exit_code="${notes.exitCode}"`, 1);
    this.#add("csvrecon_run_seconds_total", "", notes.seconds ?? 0);
    for (const status of ROW_STATUSES) {
      this.#add("csvrecon_rows_total", `status="${status}"`, notes.counts?.[status] ?? 0);
    }
  }

  text(gauges: Gauges): string {
    const counters = [...this.#counters].flatMap(([name, values]) => metricLines(name, "counter", values));
    return [
      ...counters,
      ...metricLines("csvrecon_connections", "gauge", new Map([["", gauges.connections]])),
      ...metricLines("csvrecon_imports_waiting", "gauge", new Map([["", gauges.waiting]])),
      ...metricLines("csvrecon_imports_running", "gauge", new Map([["", gauges.running]])),
      ...metricLines("csvrecon_access_log_lines_lost_total", "counter", new Map([["", gauges.lostLogLines]])),
    ].map((line) => line + "\n").join("");
  }

  #add(name: MetricName, label: string, amount: number): void {
    const values = this.#counters.get(name) ?? new Map<string, number>();
    values.set(label, (values.get(label) ?? 0) + amount);
    this.#counters.set(name, values);
  }
}

function metricLines(name: MetricName, type: "counter" | "gauge", values: ReadonlyMap<string, number>): string[] {
  const samples = [...values].map(([label, value]) => `${name}${label === "" ? "" : `{${label}}`} ${value}`);
  return [`# HELP ${name} ${METRIC_HELP[name]}`, `# TYPE ${name} ${type}`, ...samples];
}
