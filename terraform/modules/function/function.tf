resource "aws_lambda_function" "this" {
  function_name = var.name
  description   = var.description
  role          = aws_iam_role.this.arn

  # A native executable: the runtime is Amazon Linux 2023 and nothing else. The zip's key has its hash in it, so a new zip is a new key.
  runtime          = "provided.al2023"
  architectures    = [var.architecture]
  handler          = "bootstrap"
  s3_bucket        = var.package.bucket
  s3_key           = var.package.key
  source_code_hash = var.package.hash
  layers           = var.layers

  # Each deployment is a version with its code and settings, and what calls the function calls the alias: see alias.tf.
  publish = true

  memory_size                    = var.size.memory_mb
  timeout                        = var.size.timeout_seconds
  reserved_concurrent_executions = var.reserved_concurrency == null ? -1 : var.reserved_concurrency

  ephemeral_storage {
    size = var.size.storage_mb
  }

  environment {
    variables = var.environment
  }

  dynamic "vpc_config" {
    for_each = var.network[*]

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  # JSON makes Lambda's own lines (cold starts, durations, time-outs) JSON too; ours are it already. The functions choose by level what they
  # log, so Lambda drops nothing: a line that it dropped would take its metrics along.
  logging_config {
    log_format            = "JSON"
    system_log_level      = "INFO"
    application_log_level = "TRACE"
    log_group             = aws_cloudwatch_log_group.this.name
  }

  # Without its permissions the function can't be put into a VPC, and its first invocation would fail.
  depends_on = [aws_iam_role_policy.this, aws_iam_role_policy.secrets]
}
