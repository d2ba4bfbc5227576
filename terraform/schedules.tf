locals {
  schedules = {
    extract   = { function = module.extract, minutes = var.extract_every_minutes }
    transform = { function = module.transform, minutes = var.sweep_every_minutes }
    load      = { function = module.load, minutes = var.sweep_every_minutes }
  }
}

resource "aws_scheduler_schedule" "this" {
  for_each = local.schedules

  name                = "${var.name}-${each.key}"
  schedule_expression = each.value.minutes == 1 ? "rate(1 minute)" : "rate(${each.value.minutes} minutes)"
  state               = var.is_running ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = each.value.function.live.arn
    role_arn = aws_iam_role.scheduler.arn

    # No records: a run for Extract, a sweep for the others.
    input = jsonencode({})

    # The scheduler's own tries to hand the event over; what becomes of it then is the function's affair.
    retry_policy {
      maximum_event_age_in_seconds = max(60, 60 * each.value.minutes)
      maximum_retry_attempts       = 2
    }

    dead_letter_config {
      arn = aws_sqs_queue.scheduler_dead_letters.arn
    }
  }
}

# Events that the scheduler could not hand over at all.
resource "aws_sqs_queue" "scheduler_dead_letters" {
  name                      = "${var.name}-scheduler-dead-letters"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
}
