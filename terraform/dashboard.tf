resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = [for index, chart in local.charts : {
      type   = "metric"
      x      = 12 * (index % 2)
      y      = 6 * floor(index / 2)
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
    }]
  })
}

locals {
  charts = [
    {
      title   = "Minutes since the last success"
      stat    = "Sum"
      metrics = concat(local.age_metrics.extract, local.age_metrics.load)
    },
    {
      title   = "Rows: found changed, transformed, written"
      stat    = "Sum"
      metrics = [for stage in local.stages : [local.metric_namespace, "${stage.title}Rows", { label = stage.title }]]
    },
    {
      title   = "Failed invocations"
      stat    = "Sum"
      metrics = [for stage in local.stages : ["AWS/Lambda", "Errors", "FunctionName", stage.function.name, { label = stage.title }]]
    },
    {
      title   = "Rejected rows"
      stat    = "Sum"
      metrics = [[local.metric_namespace, "RejectedRows", { label = "Rejected" }]]
    },
    {
      title   = "Longest invocation, ms"
      stat    = "Maximum"
      metrics = [for stage in local.stages : ["AWS/Lambda", "Duration", "FunctionName", stage.function.name, { label = stage.title }]]
    },
    {
      title   = "Dead letters"
      stat    = "Maximum"
      metrics = [for alarm in aws_cloudwatch_metric_alarm.dead_letters : ["AWS/SQS", alarm.metric_name, "QueueName", alarm.dimensions.QueueName]]
    },
  ]

  # CloudWatch keeps no age of a metric: it is the time of each point less that of the last point that had a success.
  age_metrics = { for key, stage in local.stages : key => [
    [local.metric_namespace, "${stage.title}Successes", { id = key, visible = false }],
    [{
      id         = "${key}_age"
      label      = stage.title
      expression = "(EPOCH(FILL(${key}, 0)) - FILL(EPOCH(${key}), REPEAT)) / 60"
    }],
  ] }
}
