mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "schedules" {
  command = plan

  assert {
    condition     = aws_scheduler_schedule.this["extract"].schedule_expression == "rate(5 minutes)"
    error_message = "Extract runs every five minutes."
  }

  assert {
    condition     = aws_scheduler_schedule.this["transform"].schedule_expression == "rate(15 minutes)" && aws_scheduler_schedule.this["load"].schedule_expression == "rate(15 minutes)"
    error_message = "Transform and Load sweep every 15 minutes."
  }

  assert {
    condition     = alltrue([for stage, schedule in aws_scheduler_schedule.this : endswith(schedule.target[0].arn, ":function:totesys-etl-${stage}:live")])
    error_message = "Each schedule starts the version of its own function that runs."
  }

  assert {
    condition     = alltrue([for schedule in aws_scheduler_schedule.this : !can(jsondecode(schedule.target[0].input).Records)])
    error_message = "A schedule's event has no records."
  }

  assert {
    condition     = alltrue([for schedule in aws_scheduler_schedule.this : schedule.target[0].dead_letter_config[0].arn == aws_sqs_queue.scheduler_dead_letters.arn])
    error_message = "What can't be handed over goes to the scheduler's dead-letter queue."
  }

  assert {
    condition     = alltrue([for schedule in aws_scheduler_schedule.this : schedule.state == "ENABLED" && schedule.flexible_time_window[0].mode == "OFF"])
    error_message = "The schedules run, and on time."
  }

  assert {
    condition     = module.extract.asynchronous.repeats == 0 && module.extract.asynchronous.dead_letters == null
    error_message = "A failed run of Extract is not repeated: the next one does its work."
  }

  assert {
    condition     = module.extract.size.timeout_seconds < 60 * var.extract_every_minutes
    error_message = "Extract's time-out is below the interval of its schedule."
  }

  assert {
    condition     = module.transform.asynchronous.repeats == 2 && module.load.asynchronous.repeats == 2
    error_message = "Transform and Load are repeated twice."
  }

  assert {
    condition     = alltrue([for asynchronous in [module.extract.asynchronous, module.transform.asynchronous, module.load.asynchronous] : asynchronous.qualifier == "live"])
    error_message = "Repeats and dead letters hold for the version that runs."
  }

  assert {
    condition     = alltrue([for number in [module.extract.reserved_concurrency, module.transform.reserved_concurrency, module.load.reserved_concurrency] : number == -1])
    error_message = "The pipeline takes no concurrency from the account by default."
  }

  assert {
    condition     = module.transform.asynchronous.dead_letters != null && module.load.asynchronous.dead_letters != null
    error_message = "Events that Transform and Load fail for good on go to a dead-letter queue."
  }
}

run "a_paused_pipeline_has_its_schedules_off" {
  command = plan

  variables {
    is_running = false
  }

  assert {
    condition     = alltrue([for schedule in aws_scheduler_schedule.this : schedule.state == "DISABLED"])
    error_message = "is_running = false turns all schedules off."
  }

  assert {
    condition     = alltrue([for key, alarm in aws_cloudwatch_metric_alarm.this : alarm.actions_enabled != endswith(key, "/no-success")])
    error_message = "A paused pipeline does not alarm that it has no success, and of everything else it does."
  }
}

run "a_bounded_load" {
  command = plan

  variables {
    reserved_concurrency = { load = 2 }
  }

  assert {
    condition     = module.load.reserved_concurrency == 2 && module.extract.reserved_concurrency == -1 && module.transform.reserved_concurrency == -1
    error_message = "A reservation is one function's alone."
  }
}
