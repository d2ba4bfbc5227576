# How Lambda treats an event that S3, the scheduler or an operator hands over without waiting for the answer.
resource "aws_lambda_function_event_invoke_config" "this" {
  function_name                = aws_lambda_function.this.function_name
  qualifier                    = aws_lambda_alias.live.name
  maximum_retry_attempts       = var.repeats
  maximum_event_age_in_seconds = 3600

  dynamic "destination_config" {
    for_each = aws_sqs_queue.dead_letters

    content {
      on_failure {
        destination = destination_config.value.arn
      }
    }
  }
}

resource "aws_sqs_queue" "dead_letters" {
  count = var.keeps_dead_letters ? 1 : 0

  name                      = "${var.name}-dead-letters"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
}
