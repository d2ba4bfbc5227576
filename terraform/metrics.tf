# CloudWatch reads these off the functions' logs. Lambda counts errors itself.
locals {
  metric_namespace = "EtlPipeline/${var.name}"

  stages = {
    extract   = { title = "Extract", function = module.extract, summary = "ExtractFinished", rows = "changed" }
    transform = { title = "Transform", function = module.transform, summary = "TransformFinished", rows = "rows" }
    load      = { title = "Load", function = module.load, summary = "LoadFinished", rows = "written" }
  }
}

# One for each run or sweep that left nothing undone. A run that found another one at work logs no summary, and is no success.
resource "aws_cloudwatch_log_metric_filter" "successes" {
  for_each = local.stages

  name           = "${var.name}-${each.key}-successes"
  log_group_name = each.value.function.log_group
  pattern        = "{ ($.event = \"${each.value.summary}\") && ($.failures = 0) }"

  metric_transformation {
    namespace = local.metric_namespace
    name      = "${each.value.title}Successes"
    value     = "1"
    unit      = "Count"
  }
}

# How many rows a run found changed, transformed, or wrote into the warehouse.
resource "aws_cloudwatch_log_metric_filter" "rows" {
  for_each = local.stages

  name           = "${var.name}-${each.key}-rows"
  log_group_name = each.value.function.log_group
  pattern        = "{ ($.event = \"${each.value.summary}\") && ($.${each.value.rows} = *) }"

  metric_transformation {
    namespace = local.metric_namespace
    name      = "${each.value.title}Rows"
    value     = "$.${each.value.rows}"
    unit      = "Count"
  }
}

resource "aws_cloudwatch_log_metric_filter" "rejected_rows" {
  name           = "${var.name}-rejected-rows"
  log_group_name = module.transform.log_group
  pattern        = "{ $.event = \"RowsRejected\" }"

  metric_transformation {
    namespace = local.metric_namespace
    name      = "RejectedRows"
    value     = "$.rejected"
    unit      = "Count"
  }
}
