/** What the metrics of a server mean. */

export const METRIC_HELP = {
  csvrecon_http_requests_total: "Requests by status of the answer",
  csvrecon_runs_total: "Imports that were run or refused, by exit code",
  csvrecon_rows_total: "Rows of imports that came to their end, by status; those of simulations too",
  csvrecon_run_seconds_total: "Seconds that imports took",
  csvrecon_refused_logins_total: "Logins that were wrong, or came too soon after wrong ones",
  csvrecon_access_log_lines_lost_total: "Lines of the access log that could not be written",
  csvrecon_connections: "Open connections",
  csvrecon_imports_waiting: "Imports that wait for the one that runs",
  csvrecon_imports_running: "Imports that run",
} as const;
