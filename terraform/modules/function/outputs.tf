output "name" {
  description = "The function's name."
  value       = aws_lambda_function.this.function_name
}

output "arn" {
  description = "The function's ARN."
  value       = aws_lambda_function.this.arn
}

output "log_group" {
  description = "The name of the function's log group."
  value       = aws_cloudwatch_log_group.this.name
}

output "dead_letter_queue" {
  description = "The name and URL of the queue of events whose repeats have all failed; null where none is kept."
  value       = one([for queue in aws_sqs_queue.dead_letters : { name = queue.name, url = queue.url }])
}

output "policy" {
  description = "What the function's role allows, as JSON."
  value       = aws_iam_role_policy.this.policy
}

output "environment" {
  description = "The function's settings."
  value       = aws_lambda_function.this.environment[0].variables
  sensitive   = true
}

output "asynchronous" {
  description = "How often an asynchronous invocation is repeated, and where it goes when it fails for good."
  value = {
    repeats      = aws_lambda_function_event_invoke_config.this.maximum_retry_attempts
    dead_letters = one(aws_lambda_function_event_invoke_config.this.destination_config[*].on_failure[0].destination)
  }
}

output "timeout_seconds" {
  description = "After how many seconds an invocation is ended."
  value       = aws_lambda_function.this.timeout
}

output "layers" {
  description = "The function's layers."
  value       = aws_lambda_function.this.layers
}

output "network" {
  description = "The subnets and security groups that the function runs in; an empty list where there are none."
  value       = aws_lambda_function.this.vpc_config
}
