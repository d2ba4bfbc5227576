resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = concat(
      [{
        type       = "alarm"
        x          = 0
        y          = 0
        width      = 24
        height     = 4
        properties = { title = "Alarms", alarms = [for key in keys(local.alarms) : "arn:${local.partition}:cloudwatch:${var.region}:${local.account_id}:alarm:${var.name}/${key}"] }
      }],
      [for index, chart in local.charts : {
        type   = "metric"
        x      = 12 * (index % 2)
        y      = 4 + 6 * floor(index / 2)
        width  = 12
        height = 6
        properties = {
          region  = var.region
          view    = "timeSeries"
          period  = 300
          title   = chart.title
          stat    = chart.stat
          metrics = chart.metrics
        }
      }],
      [for index, table in local.log_tables : {
        type   = "log"
        x      = 12 * index
        y      = 4 + 6 * ceil(length(local.charts) / 2)
        width  = 12
        height = 6
        properties = {
          region = var.region
          view   = table.view
          title  = table.title
          query  = "${join(" | ", [for group in local.log_groups : "SOURCE '${group}'"])} | ${table.query}"
        }
      }],
    )
  })
}

locals {
  charts = concat(local.stage_charts, [for chart in local.table_charts : chart if var.metrics == "tables"])

  # Read off the log when somebody looks: as metrics they would cost all month.
  log_tables = [
    {
      title = "What the stages did, by the hour", view = "table"
      query = "filter event = 'StageFinished' | stats sum(Rows) as rows, sum(Bytes) as bytes, max(DurationMilliseconds) as longest_ms by bin(1h) as hour, stage | sort hour desc"
    },
    { title = "Segments that were never read", view = "timeSeries", query = "filter event = 'StageFinished' and stage = 'Extract' | stats max(UnknownSegments) as segments by bin(5m)" },
  ]

  stage_charts = [
    { title = "Minutes since the last success", stat = "Sum", metrics = concat(values(local.age_metrics)...) },
    { title = "Seconds from a commit in the source to the warehouse", stat = "Maximum", metrics = [local.chart_lines.load.LagSeconds] },
    { title = "Seconds since every row was compared with the source", stat = "Maximum", metrics = [local.chart_lines.load.VerifiedThroughAgeSeconds] },
    { title = "Corrections, gaps, open rejects", stat = "Maximum", metrics = [for metric in ["Corrections", "Gaps", "OpenRejects"] : local.chart_lines.load[metric]] },
    { title = "Failed invocations", stat = "Sum", metrics = local.lambda_lines.Errors },
    { title = "Throttled invocations", stat = "Sum", metrics = local.lambda_lines.Throttles },
    { title = "Longest invocation, ms", stat = "Maximum", metrics = local.lambda_lines.Duration },
    { title = "Most memory, MB", stat = "Maximum", metrics = [for stage in local.stages : [local.memory_namespace, "${stage.title}MemoryMegabytes", { label = stage.title }]] },
    { title = "Dropped events", stat = "Sum", metrics = local.lambda_lines.AsyncEventsDropped },
    { title = "Dead letters", stat = "Maximum", metrics = [for alarm in local.dead_letter_alarms : ["AWS/SQS", alarm.metric, "QueueName", alarm.dimensions.QueueName]] },
  ]

  table_charts = [for metric, title in { Rows = "Rows by table", LagSeconds = "Lag by table, seconds", Bytes = "Bytes by table" } : {
    title   = title
    stat    = "Maximum"
    metrics = [[{ expression = "SEARCH('{${local.metric_namespace},Pipeline,Stage,Table} Pipeline=\"${var.name}\" MetricName=\"${metric}\"', 'Maximum', 300)" }]]
  }]

  # A line of a chart for each metric that an alarm looks at.
  chart_lines = { for key, stage in local.stages : key => {
    for metric in ["LagSeconds", "VerifiedThroughAgeSeconds", "Corrections", "Gaps", "OpenRejects"] : metric =>
    [local.metric_namespace, metric, "Pipeline", var.name, "Stage", stage.title, { label = "${stage.title} ${metric}" }]
  } }

  lambda_lines = { for metric in ["Errors", "Throttles", "Duration", "AsyncEventsDropped"] : metric =>
    [for stage in local.stages : ["AWS/Lambda", metric, "FunctionName", stage.function.name, { label = stage.title }]]
  }

  # CloudWatch keeps no age of a metric: it is the time of each point less that of the last point that had a success.
  age_metrics = { for key, stage in local.stages : key => [
    [local.metric_namespace, "Success", "Pipeline", var.name, "Stage", stage.title, { id = key, visible = false }],
    [{
      id         = "${key}_age"
      label      = stage.title
      expression = "(EPOCH(FILL(${key}, 0)) - FILL(EPOCH(${key}), REPEAT)) / 60"
    }],
  ] }
}
