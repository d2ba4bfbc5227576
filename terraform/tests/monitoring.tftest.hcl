mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "alarms" {
  command = plan

  assert {
    condition = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset(concat(
      flatten([for stage in ["extract", "transform", "load"] : [for of in ["no-success", "errors", "throttles", "duration", "memory"] : "${stage}/${of}"]]),
      ["transform/dropped-events", "load/dropped-events", "transform/dead-letters", "load/dead-letters", "scheduler/dead-letters"],
      ["warehouse/lag", "warehouse/verified", "warehouse/open-rejects", "warehouse/corrections", "warehouse/gaps"],
    ))
    error_message = "There is an alarm for everything that an operator has to know."
  }

  assert {
    condition     = alltrue([for stage in ["extract", "transform", "load"] : aws_cloudwatch_metric_alarm.this["${stage}/errors"].metric_name == "Errors" && aws_cloudwatch_metric_alarm.this["${stage}/errors"].dimensions.FunctionName == "totesys-etl-${stage}"])
    error_message = "Each function has an alarm on its errors."
  }

  assert {
    condition     = alltrue([for key, alarm in aws_cloudwatch_metric_alarm.this : alarm.metric_name == "Throttles" && alarm.datapoints_to_alarm == 2 && alarm.evaluation_periods == 3 if endswith(key, "/throttles")])
    error_message = "A burst that waits its turn is no alarm, throttling that goes on is."
  }

  assert {
    condition     = alltrue([for key, alarm in aws_cloudwatch_metric_alarm.this : alarm.period * alarm.evaluation_periods == 20 * 60 && alarm.datapoints_to_alarm == alarm.evaluation_periods if endswith(key, "/no-success")])
    error_message = "No success for 20 minutes is an alarm."
  }

  assert {
    condition     = alltrue([for key, alarm in aws_cloudwatch_metric_alarm.this : alarm.treat_missing_data == "breaching" && alarm.comparison_operator == "LessThanThreshold" && alarm.threshold == 1 if endswith(key, "/no-success")])
    error_message = "No data of successes is no success."
  }

  assert {
    condition = alltrue([for stage in ["Extract", "Transform", "Load"] : aws_cloudwatch_metric_alarm.this["${lower(stage)}/no-success"].metric_name == "Success" && aws_cloudwatch_metric_alarm.this["${lower(stage)}/no-success"].namespace == "EtlPipeline" &&
    aws_cloudwatch_metric_alarm.this["${lower(stage)}/no-success"].dimensions == tomap({ Pipeline = "totesys-etl", Stage = stage })])
    error_message = "A success is what the stage itself says, of this pipeline."
  }

  assert {
    condition     = { for stage in ["extract", "transform", "load"] : stage => aws_cloudwatch_metric_alarm.this["${stage}/duration"].threshold } == { extract = 192000, transform = 240000, load = 240000 }
    error_message = "80 % of a function's time is an alarm."
  }

  assert {
    condition     = { for stage in ["extract", "transform", "load"] : stage => aws_cloudwatch_metric_alarm.this["${stage}/memory"].threshold } == { extract = 435.2, transform = 435.2, load = 870.4 }
    error_message = "85 % of a function's memory is an alarm."
  }

  assert {
    condition = alltrue([for stage in ["extract", "transform", "load"] : aws_cloudwatch_metric_alarm.this["${stage}/memory"].metric_name == aws_cloudwatch_log_metric_filter.memory[stage].metric_transformation[0].name &&
    aws_cloudwatch_metric_alarm.this["${stage}/memory"].namespace == aws_cloudwatch_log_metric_filter.memory[stage].metric_transformation[0].namespace])
    error_message = "The alarm on memory looks at the metric of memory."
  }

  assert {
    condition     = alltrue([for stage in ["transform", "load"] : aws_cloudwatch_metric_alarm.this["${stage}/dropped-events"].metric_name == "AsyncEventsDropped" && aws_cloudwatch_metric_alarm.this["${stage}/dropped-events"].dimensions.FunctionName == "totesys-etl-${stage}"])
    error_message = "A dropped event is an alarm."
  }

  assert {
    condition     = alltrue([for key in ["transform", "load", "scheduler"] : aws_cloudwatch_metric_alarm.this["${key}/dead-letters"].dimensions.QueueName == "totesys-etl-${key}-dead-letters"])
    error_message = "Each dead-letter queue has an alarm."
  }

  assert {
    condition     = alltrue([for key in ["lag", "verified", "open-rejects", "corrections", "gaps"] : aws_cloudwatch_metric_alarm.this["warehouse/${key}"].namespace == "EtlPipeline" && aws_cloudwatch_metric_alarm.this["warehouse/${key}"].dimensions == tomap({ Pipeline = "totesys-etl", Stage = "Load" })])
    error_message = "What Load says of the warehouse is watched."
  }

  assert {
    condition = { for key in ["lag", "verified", "open-rejects", "corrections", "gaps"] : key => aws_cloudwatch_metric_alarm.this["warehouse/${key}"].metric_name } == {
    lag = "LagSeconds", verified = "VerifiedThroughAgeSeconds", open-rejects = "OpenRejects", corrections = "Corrections", gaps = "Gaps" }
    error_message = "Each alarm on the warehouse looks at its own metric."
  }

  assert {
    condition = { for key in ["lag", "verified", "open-rejects", "corrections", "gaps"] : key => aws_cloudwatch_metric_alarm.this["warehouse/${key}"].threshold } == {
    lag = 1200, verified = 129600, open-rejects = 0, corrections = 0, gaps = 0 }
    error_message = "20 minutes of lag, 36 hours without verification, and one correction, gap or open reject are alarms."
  }

  assert {
    condition     = alltrue([for key in ["lag", "verified", "open-rejects"] : aws_cloudwatch_metric_alarm.this["warehouse/${key}"].treat_missing_data == "ignore" && aws_cloudwatch_metric_alarm.this["warehouse/${key}"].statistic == "Maximum"])
    error_message = "The worst table counts, and a level stands until the next one comes."
  }

  assert {
    condition     = alltrue([for key, alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name == "totesys-etl/${key}" && endswith(alarm.alarm_description, "Runbook, ${key}.")])
    error_message = "An alarm names its line of the runbook."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_actions == toset([aws_sns_topic.alarms.arn])])
    error_message = "Every alarm goes to the topic."
  }

  assert {
    condition     = aws_sns_topic_subscription.alarm_email.protocol == "email" && nonsensitive(aws_sns_topic_subscription.alarm_email.endpoint) == "data-team@example.com"
    error_message = "The topic goes to the e-mail address."
  }

  assert {
    condition     = aws_budgets_budget.this["monthly"].limit_amount == "50" && aws_budgets_budget.this["monthly"].limit_unit == "USD" && aws_budgets_budget.this["monthly"].time_unit == "MONTHLY"
    error_message = "A month has a budget."
  }

  assert {
    condition     = { for notification in aws_budgets_budget.this["monthly"].notification : notification.notification_type => notification.threshold } == { ACTUAL = 80, FORECASTED = 100 }
    error_message = "80 % of the budget spent, or all of it foreseen, is an e-mail."
  }
}

run "metrics" {
  command = plan

  assert {
    condition     = alltrue([for filter in aws_cloudwatch_log_metric_filter.memory : filter.pattern == "{ $.type = \"platform.report\" }" && filter.metric_transformation[0].value == "$.record.metrics.maxMemoryUsedMB"])
    error_message = "Memory is what Lambda reports."
  }

  assert {
    condition     = alltrue([for stage, filter in aws_cloudwatch_log_metric_filter.memory : filter.log_group_name == "/aws/lambda/totesys-etl-${stage}"])
    error_message = "A function's memory is read off its own log."
  }

  assert {
    condition     = alltrue([for environment in [module.extract.environment, module.transform.environment, module.load.environment] : nonsensitive(environment).PIPELINE_NAME == "totesys-etl"])
    error_message = "The functions put the pipeline's name on their metrics."
  }

  assert {
    condition     = alltrue([for environment in [module.extract.environment, module.transform.environment, module.load.environment] : nonsensitive(environment).METRICS == "alarms"])
    error_message = "Metrics that no alarm looks at, which cost, are written on demand only."
  }

  assert {
    condition     = alltrue([for environment in [module.extract.environment, module.transform.environment, module.load.environment] : nonsensitive(environment).LOG_LEVEL == "Information"])
    error_message = "The functions log at the level of the setting."
  }

  assert {
    condition     = alltrue([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : length(widget.properties.metrics) > 0 if widget.type == "metric"])
    error_message = "No chart of the dashboard is empty."
  }

  assert {
    condition = length(setsubtract(
      [for alarm in aws_cloudwatch_metric_alarm.this : "${alarm.namespace} ${alarm.metric_name}"],
    flatten([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : [for metric in widget.properties.metrics : try("${metric[0]} ${metric[1]}", "")] if widget.type == "metric"]))) == 0
    error_message = "The dashboard shows what the alarms look at."
  }

  assert {
    condition     = [for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : length(widget.properties.alarms) if widget.type == "alarm"] == [length(aws_cloudwatch_metric_alarm.this)]
    error_message = "The dashboard shows which alarms are on."
  }

  assert {
    condition     = length([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : widget if widget.properties.title == "Minutes since the last success"]) == 1
    error_message = "The dashboard shows the age of the newest success."
  }

  assert {
    condition     = length([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : widget if widget.properties.title == "Segments that were never read"]) == 1
    error_message = "The dashboard shows how far a first load is."
  }

  assert {
    condition     = alltrue([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : length(regexall("SOURCE '/aws/lambda/totesys-etl-(extract|transform|load)' \\|", widget.properties.query)) == 3 if widget.type == "log"])
    error_message = "What the dashboard reads off the logs comes from all three."
  }

  assert {
    condition     = alltrue([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : strcontains(widget.properties.query, "event = 'StageFinished'") if widget.type == "log"])
    error_message = "What the dashboard reads off the logs is what a stage ends with, once."
  }

  assert {
    condition     = length(distinct([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : "${widget.x} ${widget.y}"])) == length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets)
    error_message = "No part of the dashboard lies on another."
  }

  assert {
    condition     = alltrue([for query in aws_cloudwatch_query_definition.this : length(query.log_group_names) == 3])
    error_message = "The saved queries look at all three logs."
  }
}

run "metrics_by_table" {
  command = plan

  variables {
    metrics   = "tables"
    log_level = "Debug"
  }

  assert {
    condition     = nonsensitive(module.load.environment).METRICS == "tables" && length([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : widget if widget.properties.title == "Rows by table"]) == 1
    error_message = "Metrics by table are written and shown if they are asked for."
  }

  assert {
    condition     = alltrue([for environment in [module.extract.environment, module.transform.environment, module.load.environment] : nonsensitive(environment).LOG_LEVEL == "Debug"])
    error_message = "The log level is a setting of all three functions."
  }
}

run "another_environment" {
  command = plan

  variables {
    name           = "totesys-etl-staging"
    monthly_budget = null
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.dimensions.Pipeline == "totesys-etl-staging" if alarm.namespace == "EtlPipeline"])
    error_message = "An alarm looks at its own environment."
  }

  assert {
    condition     = alltrue([for environment in [module.extract.environment, module.transform.environment, module.load.environment] : nonsensitive(environment).PIPELINE_NAME == "totesys-etl-staging"])
    error_message = "A second environment's metrics are told apart."
  }

  assert {
    condition = alltrue([for name in concat(
      [for schedule in aws_scheduler_schedule.this : schedule.name], [for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name], [aws_cloudwatch_dashboard.this.dashboard_name, aws_sns_topic.alarms.name],
      [module.extract.name, module.transform.name, module.load.name, aws_sqs_queue.scheduler_dead_letters.name, aws_iam_role.scheduler.name], [for query in aws_cloudwatch_query_definition.this : query.name],
    ) : startswith(name, "totesys-etl-staging")])
    error_message = "Everything of a second environment has its name."
  }

  assert {
    condition     = local.ingestion_bucket == "totesys-etl-staging-ingestion-123456789012" && local.processed_bucket == "totesys-etl-staging-processed-123456789012" && local.code_bucket == "totesys-etl-staging-code-123456789012"
    error_message = "A second environment has buckets of its own."
  }

  assert {
    condition     = length(aws_budgets_budget.this) == 0
    error_message = "There can be no budget."
  }
}
