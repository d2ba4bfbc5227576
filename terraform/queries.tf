# What an operator asks the logs, saved in the console under Logs Insights.
locals {
  log_groups = [for stage in local.stages : stage.function.log_group]

  queries = {
    "Failures" = <<-QUERY
      fields @timestamp, stage, table, version, message, request_id
      | filter level in ["Error", "Critical"] or type = "platform.report" and record.status != "success"
      | sort @timestamp desc
    QUERY

    "Rejected rows by table" = <<-QUERY
      filter event = "RowsRejected"
      | stats sum(rejected) as rows, latest(@timestamp) as latest by table, version
      | sort latest desc
    QUERY

    "What a run did" = <<-QUERY
      fields @timestamp, stage, event, Table, Rows, Bytes, LagSeconds, DurationMilliseconds, message
      | filter event in ["StageFinished", "TableFinished", "InvocationFailed"]
      | sort @timestamp desc
    QUERY

    "The way of a version" = <<-QUERY
      fields @timestamp, stage, event, message
      | filter version = "2026-11-23_12-45-03-123456"
      | sort @timestamp asc
    QUERY

    "Cold starts, memory and time" = <<-QUERY
      filter type = "platform.report"
      | stats count(*) as invocations,
          count(record.metrics.initDurationMs) as cold,
          max(record.metrics.initDurationMs) as slowest_start_ms,
          pct(record.metrics.durationMs, 95) as p95_ms,
          max(record.metrics.maxMemoryUsedMB) as memory_mb
        by @log
    QUERY
  }
}

resource "aws_cloudwatch_query_definition" "this" {
  for_each = local.queries

  name            = "${var.name}/${each.key}"
  log_group_names = local.log_groups
  query_string    = each.value
}
