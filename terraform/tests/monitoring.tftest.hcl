mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "alarms" {
  command = plan

  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.errors)) == toset(["extract", "transform", "load"]) && alltrue([for stage, alarm in aws_cloudwatch_metric_alarm.errors : alarm.metric_name == "Errors" && alarm.dimensions.FunctionName == "totesys-etl-${stage}"])
    error_message = "Each function has an alarm on its errors."
  }

  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.staleness)) == toset(["extract", "load"])
    error_message = "Extract and Load have an alarm on staleness."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.staleness : alarm.period * alarm.evaluation_periods == 30 * 60 && alarm.datapoints_to_alarm == alarm.evaluation_periods])
    error_message = "The promise of freshness is 30 minutes."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.staleness : alarm.treat_missing_data == "breaching" && alarm.comparison_operator == "LessThanThreshold"])
    error_message = "No data of successes is no success."
  }

  assert {
    condition     = alltrue([for stage, alarm in aws_cloudwatch_metric_alarm.staleness : alarm.metric_name == aws_cloudwatch_log_metric_filter.successes[stage].metric_transformation[0].name && alarm.namespace == aws_cloudwatch_log_metric_filter.successes[stage].metric_transformation[0].namespace])
    error_message = "Staleness looks at the metric of successes."
  }

  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.dead_letters)) == toset(["transform", "load", "scheduler"]) && alltrue([for key, alarm in aws_cloudwatch_metric_alarm.dead_letters : alarm.dimensions.QueueName == "totesys-etl-${key}-dead-letters"])
    error_message = "Each dead-letter queue has an alarm."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.rejected_rows.metric_name == aws_cloudwatch_log_metric_filter.rejected_rows.metric_transformation[0].name && aws_cloudwatch_metric_alarm.rejected_rows.threshold == 1
    error_message = "One rejected row is an alarm."
  }

  assert {
    condition = alltrue([for alarm in concat(values(aws_cloudwatch_metric_alarm.errors), values(aws_cloudwatch_metric_alarm.staleness), values(aws_cloudwatch_metric_alarm.dead_letters), [aws_cloudwatch_metric_alarm.rejected_rows]) :
    alarm.alarm_actions == toset([aws_sns_topic.alarms.arn])])
    error_message = "Every alarm goes to the topic."
  }

  assert {
    condition     = aws_sns_topic_subscription.alarm_email.protocol == "email" && aws_sns_topic_subscription.alarm_email.endpoint == "data-team@example.com"
    error_message = "The topic goes to the e-mail address."
  }
}

run "metrics" {
  command = plan

  assert {
    condition     = alltrue([for stage, event in { extract = "ExtractFinished", transform = "TransformFinished", load = "LoadFinished" } : aws_cloudwatch_log_metric_filter.successes[stage].pattern == "{ ($.event = \"${event}\") && ($.failures = 0) }"])
    error_message = "A success is a summary line without failures."
  }

  assert {
    condition     = aws_cloudwatch_log_metric_filter.rejected_rows.pattern == "{ $.event = \"RowsRejected\" }" && aws_cloudwatch_log_metric_filter.rejected_rows.metric_transformation[0].value == "$.rejected"
    error_message = "Rejected rows are counted, not the lines that tell of them."
  }

  assert {
    condition     = aws_cloudwatch_log_metric_filter.rejected_rows.log_group_name == "/aws/lambda/totesys-etl-transform"
    error_message = "Rejected rows are read off Transform's log."
  }

  assert {
    condition     = { for stage, filter in aws_cloudwatch_log_metric_filter.rows : stage => filter.metric_transformation[0].value } == { extract = "$.changed", transform = "$.rows", load = "$.written" }
    error_message = "The rows of a run are the changed, the transformed, the written ones."
  }

  assert {
    condition     = alltrue([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : length(widget.properties.metrics) > 0])
    error_message = "No chart of the dashboard is empty."
  }

  assert {
    condition     = length([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : widget if widget.properties.title == "Minutes since the last success"]) == 1
    error_message = "The dashboard shows the age of the newest success."
  }

  assert {
    condition     = alltrue([for query in aws_cloudwatch_query_definition.this : length(query.log_group_names) == 3])
    error_message = "The saved queries look at all three logs."
  }
}
