# The functions write their metrics into their summary lines, in CloudWatch's embedded metric format: namespace EtlPipeline, dimensions
# Pipeline and Stage (and Table, with metrics = "tables"). CloudWatch reads them off the log; nothing here looks at the text.
locals {
  metric_namespace = "EtlPipeline"
  dimensions       = { for key, stage in local.stages : key => { Pipeline = var.name, Stage = stage.title } }

  # Lambda says an invocation's memory in its log alone, so this one is read from Lambda's own line.
  memory_namespace = "EtlPipeline/${var.name}"
}

resource "aws_cloudwatch_log_metric_filter" "memory" {
  for_each = local.stages

  name           = "${var.name}-${each.key}-memory"
  log_group_name = each.value.function.log_group
  pattern        = "{ $.type = \"platform.report\" }"

  metric_transformation {
    namespace = local.memory_namespace
    name      = "${each.value.title}MemoryMegabytes"
    value     = "$.record.metrics.maxMemoryUsedMB"
    unit      = "Megabytes"
  }
}
