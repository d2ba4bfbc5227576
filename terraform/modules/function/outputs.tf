output "name" {
  description = "The function's name."
  value       = aws_lambda_function.this.function_name
}

output "version" {
  description = "The newest version that was published; not always the one that runs."
  value       = aws_lambda_function.this.version
}

output "live" {
  description = "The alias of the version that runs: its name, and its ARN."
  value       = { name = aws_lambda_alias.live.name, arn = aws_lambda_alias.live.arn }
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
  description = "What the function's role allows, as JSON, but for its secrets."
  value       = aws_iam_role_policy.this.policy
}

output "secrets" {
  description = "The secrets that the function's role may read, and whom it may connect as, as the JSON of a policy; null for none."
  value       = one(aws_iam_role_policy.secrets[*].policy)
  sensitive   = true
}

output "permissions_boundary" {
  description = "The policy that bounds what the function's role can do."
  value       = aws_iam_role.this.permissions_boundary
}

output "environment" {
  description = "The function's settings."
  value       = aws_lambda_function.this.environment[0].variables
  sensitive   = true
}

output "asynchronous" {
  description = "How often an asynchronous invocation of which alias is repeated, and where it goes when it fails for good."
  value = {
    qualifier    = aws_lambda_function_event_invoke_config.this.qualifier
    repeats      = aws_lambda_function_event_invoke_config.this.maximum_retry_attempts
    dead_letters = one(aws_lambda_function_event_invoke_config.this.destination_config[*].on_failure[0].destination)
  }
}

output "size" {
  description = "What an invocation may use: memory in MB, and seconds."
  value       = { memory_mb = aws_lambda_function.this.memory_size, timeout_seconds = aws_lambda_function.this.timeout }
}

output "architecture" {
  description = "The processor that the function runs on."
  value       = one(aws_lambda_function.this.architectures)
}

output "reserved_concurrency" {
  description = "How many invocations may run at once; -1 for the account's limit."
  value       = aws_lambda_function.this.reserved_concurrent_executions
}

output "layers" {
  description = "The function's layers."
  value       = aws_lambda_function.this.layers
}

output "network" {
  description = "The subnets and security groups that the function runs in; an empty list where there are none."
  value       = aws_lambda_function.this.vpc_config
}
