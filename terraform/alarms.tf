# An error that the next try heals wakes nobody: two of three periods of five minutes must have one.
resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each = local.stages

  alarm_name          = "${var.name}-${each.key}-errors"
  alarm_description   = "${each.value.title} fails again and again. ${local.runbook}"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = each.value.function.name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

# The freshness promise. No data is no success.
resource "aws_cloudwatch_metric_alarm" "staleness" {
  for_each = { for stage, of in local.stages : stage => of if stage != "transform" }

  alarm_name          = "${var.name}-${each.key}-staleness"
  alarm_description   = "${each.value.title} has had no success for ${var.stale_after_minutes} minutes: the warehouse falls behind. ${local.runbook}"
  namespace           = local.metric_namespace
  metric_name         = aws_cloudwatch_log_metric_filter.successes[each.key].metric_transformation[0].name
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = var.stale_after_minutes / 5
  datapoints_to_alarm = var.stale_after_minutes / 5
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  treat_missing_data  = "breaching"
  actions_enabled     = var.is_running
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "rejected_rows" {
  alarm_name          = "${var.name}-rejected-rows"
  alarm_description   = "Rows could not be transformed, and lie under rejected/ in the processed bucket. ${local.runbook}"
  namespace           = local.metric_namespace
  metric_name         = aws_cloudwatch_log_metric_filter.rejected_rows.metric_transformation[0].name
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  for_each = {
    transform = module.transform.dead_letter_queue.name
    load      = module.load.dead_letter_queue.name
    scheduler = aws_sqs_queue.scheduler_dead_letters.name
  }

  alarm_name          = "${var.name}-${each.key}-dead-letters"
  alarm_description   = "Events lie in the queue ${each.value}: all tries of them failed. ${local.runbook}"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = each.value }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

locals {
  runbook = "What to do: terraform/README.md, Runbook."
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
