# Each alarm is an entry of `local.alarms` and a line of the runbook in README.md, under the same name.
resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}/${each.key}"
  alarm_description   = "${each.value.says} What to do: terraform/README.md, Runbook, ${each.key}."
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  comparison_operator = each.value.is
  threshold           = each.value.threshold
  period              = 300
  evaluation_periods  = each.value.of
  datapoints_to_alarm = each.value.periods
  treat_missing_data  = each.value.missing
  actions_enabled     = each.value.while_paused || var.is_running
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

locals {
  alarms = merge(local.stage_alarms, local.dropped_alarms, local.dead_letter_alarms, local.warehouse_alarms)

  at_once = { statistic = "Sum", is = "GreaterThanThreshold", threshold = 0, periods = 1, of = 1, missing = "notBreaching", while_paused = true }

  # An error that the next try heals wakes nobody, nor does a burst that waits its turn: it must go on.
  lasting = { statistic = "Sum", is = "GreaterThanThreshold", threshold = 0, periods = 2, of = 3, missing = "notBreaching", while_paused = true }

  # A figure that stands until the next one comes.
  level = { statistic = "Maximum", is = "GreaterThanThreshold", periods = 1, of = 1, missing = "ignore", while_paused = true }

  stage_alarms = merge([for key, stage in local.stages : {
    "${key}/no-success" = {
      says      = "${stage.title} has had no success for ${var.stale_after_minutes} minutes: the warehouse falls behind."
      namespace = local.metric_namespace, metric = "Success", dimensions = local.dimensions[key], statistic = "Sum", is = "LessThanThreshold", threshold = 1
      periods   = var.stale_after_minutes / 5, of = var.stale_after_minutes / 5, missing = "breaching", while_paused = false
    }
    "${key}/errors" = merge(local.lasting, {
      says      = "${stage.title} fails again and again."
      namespace = "AWS/Lambda", metric = "Errors", dimensions = { FunctionName = stage.function.name }
    })
    "${key}/throttles" = merge(local.lasting, {
      says      = "${stage.title} is kept from starting."
      namespace = "AWS/Lambda", metric = "Throttles", dimensions = { FunctionName = stage.function.name }
    })
    "${key}/duration" = merge(local.level, {
      says      = "An invocation of ${stage.title} took more than 80 % of its time."
      namespace = "AWS/Lambda", metric = "Duration", dimensions = { FunctionName = stage.function.name }, threshold = 0.8 * 1000 * stage.function.size.timeout_seconds
    })
    "${key}/memory" = merge(local.level, {
      says      = "An invocation of ${stage.title} took more than 85 % of its memory."
      namespace = local.memory_namespace, metric = "${stage.title}MemoryMegabytes", dimensions = {}, threshold = 0.85 * stage.function.size.memory_mb
    })
  }]...)

  dropped_alarms = { for key in ["transform", "load"] : "${key}/dropped-events" => merge(local.at_once, {
    says      = "Lambda gave up events of ${local.stages[key].title}."
    namespace = "AWS/Lambda", metric = "AsyncEventsDropped", dimensions = { FunctionName = local.stages[key].function.name }
  }) }

  dead_letter_alarms = { for key, queue in {
    transform = module.transform.dead_letter_queue.name
    load      = module.load.dead_letter_queue.name
    scheduler = aws_sqs_queue.scheduler_dead_letters.name
    } : "${key}/dead-letters" => merge(local.at_once, {
      says      = "Events lie in the queue ${queue}: all tries of them failed."
      namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = queue }, statistic = "Maximum"
  }) }

  warehouse_alarms = {
    "warehouse/lag" = merge(local.level, {
      says      = "It took more than ${var.lag_after_minutes} minutes from a commit in the source to the warehouse."
      namespace = local.metric_namespace, metric = "LagSeconds", dimensions = local.dimensions.load, threshold = 60 * var.lag_after_minutes
    })
    "warehouse/verified" = merge(local.level, {
      says      = "The rows of a table were not all compared with the source for more than ${var.verified_after_hours} hours."
      namespace = local.metric_namespace, metric = "VerifiedThroughAgeSeconds", dimensions = local.dimensions.load, threshold = 3600 * var.verified_after_hours
    })
    "warehouse/open-rejects" = merge(local.level, {
      says      = "Rows can't be transformed, and wait to be corrected."
      namespace = local.metric_namespace, metric = "OpenRejects", dimensions = local.dimensions.load, threshold = 0
    })
    "warehouse/corrections" = merge(local.at_once, {
      says      = "The daily round found a difference that should have been followed, and mended it."
      namespace = local.metric_namespace, metric = "Corrections", dimensions = local.dimensions.load
    })
    "warehouse/gaps" = merge(local.at_once, {
      says      = "A version is missing, damaged or unreadable, and was stepped over."
      namespace = local.metric_namespace, metric = "Gaps", dimensions = local.dimensions.load
    })
  }
}

# Not encrypted with the aws/sns key, with which CloudWatch can't publish; a message holds an alarm's name and state, no data.
resource "aws_sns_topic" "alarms" {
  name = "${var.name}-alarms"
}

resource "aws_sns_topic_subscription" "alarm_email" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}
