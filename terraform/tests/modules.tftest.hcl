mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "bucket" {
  command = plan

  module {
    source = "./modules/bucket"
  }

  variables {
    name                  = "a-bucket"
    cheaper_after_days    = 30
    expire_after_days     = 60
    keep_overwritten_days = 7
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls, aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls, aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "A bucket is not public."
  }

  assert {
    condition     = length([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : statement if statement.Effect == "Deny" && try(statement.Condition.Bool["aws:SecureTransport"], null) == "false"]) == 1
    error_message = "A bucket is reached through TLS only."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "A bucket is encrypted."
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "A bucket keeps what was overwritten or deleted."
  }

  assert {
    condition     = aws_s3_bucket.this.force_destroy != true
    error_message = "A bucket that holds anything can't be destroyed."
  }

  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.this.rule : one(rule.transition).storage_class if length(rule.transition) > 0] == ["STANDARD_IA"]
    error_message = "Old versions move to a cheaper class."
  }

  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.this.rule : one(rule.expiration).days if rule.id == "expire"] == [60]
    error_message = "Objects expire where they are told to."
  }

  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.this.rule : one(rule.abort_incomplete_multipart_upload).days_after_initiation if length(rule.abort_incomplete_multipart_upload) > 0] == [1]
    error_message = "Uploads that were never finished are cleared away."
  }
}

run "a_bucket_expires_nothing_by_default" {
  command = plan

  module {
    source = "./modules/bucket"
  }

  variables {
    name                  = "a-bucket"
    keep_overwritten_days = 7
  }

  assert {
    condition     = length([for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule if rule.id == "expire"]) == 0
    error_message = "Nothing expires where nobody said so."
  }
}

run "function" {
  command = plan

  module {
    source = "./modules/function"
  }

  variables {
    name                 = "a-function"
    description          = "Does a thing."
    package              = { bucket = "code", key = "extract/1111.zip", hash = "ERERERERERERERERERERERERERERERERERERERERERE=" }
    architecture         = "x86_64"
    size                 = { memory_mb = 256, timeout_seconds = 60, storage_mb = 512 }
    environment          = { WHAT_ENV = "prod" }
    permissions          = []
    permissions_boundary = "arn:aws:iam::123456789012:policy/a-boundary"
    secrets              = ["arn:aws:secretsmanager:eu-west-2:123456789012:secret:oltp-AbCdEf"]
    has_credentials      = true
    repeats              = 2
    keeps_dead_letters   = true
    log_retention_days   = 90
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "provided.al2023" && aws_lambda_function.this.architectures == tolist(["x86_64"])
    error_message = "A function is a native x86_64 executable on Amazon Linux 2023."
  }

  assert {
    condition     = aws_lambda_function.this.s3_key == "extract/1111.zip" && aws_lambda_function.this.source_code_hash == "ERERERERERERERERERERERERERERERERERERERERERE="
    error_message = "A function runs the zip that it was given, and no other of its name."
  }

  assert {
    condition     = aws_lambda_function.this.publish == true
    error_message = "Each deployment is a version that can be gone back to."
  }

  assert {
    condition     = aws_lambda_alias.live.name == "live" && aws_lambda_alias.live.function_name == "a-function"
    error_message = "What calls a function calls its alias `live`."
  }

  assert {
    condition     = aws_iam_role.this.permissions_boundary == "arn:aws:iam::123456789012:policy/a-boundary"
    error_message = "A function's role is under the given boundary."
  }

  assert {
    condition     = length(aws_iam_role_policy.secrets) == 1 && !strcontains(aws_iam_role_policy.this.policy, "secretsmanager")
    error_message = "Secrets are named in a policy of their own, so that a plan can show the other one."
  }

  assert {
    condition     = aws_lambda_function.this.logging_config[0].application_log_level == "TRACE"
    error_message = "Lambda drops no line: the functions choose what they log."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 256 && aws_lambda_function.this.timeout == 60 && aws_lambda_function.this.ephemeral_storage[0].size == 512
    error_message = "A function has the size that it was given."
  }

  assert {
    condition     = aws_lambda_function.this.logging_config[0].log_format == "JSON" && aws_lambda_function.this.logging_config[0].log_group == aws_cloudwatch_log_group.this.name
    error_message = "A function logs JSON into its own log group."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 90
    error_message = "Logs are kept for the given time, not for ever."
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == -1
    error_message = "No concurrency is reserved by default."
  }

  assert {
    condition     = aws_sqs_queue.dead_letters[0].sqs_managed_sse_enabled && aws_sqs_queue.dead_letters[0].message_retention_seconds == 1209600
    error_message = "Dead letters are encrypted, and kept for two weeks."
  }

  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Principal.Service == "lambda.amazonaws.com" && jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "Only Lambda, for this account, takes a function's role."
  }
}
