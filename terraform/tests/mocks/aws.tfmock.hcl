# What AWS would answer: enough of it for the plan to be known to the last name.
mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws" }
}

override_resource {
  target = module.ingestion_bucket.aws_s3_bucket.this
  values = { arn = "arn:aws:s3:::ingestion", id = "ingestion" }
}

override_resource {
  target = module.processed_bucket.aws_s3_bucket.this
  values = { arn = "arn:aws:s3:::processed", id = "processed" }
}

override_resource {
  target = module.state_bucket.aws_s3_bucket.this
  values = { arn = "arn:aws:s3:::totesys-etl-state-123456789012" }
}

override_resource {
  target = module.code_bucket.aws_s3_bucket.this
  values = { arn = "arn:aws:s3:::totesys-etl-code-123456789012" }
}

override_resource {
  target = module.extract.aws_lambda_function.this
  values = { arn = "arn:aws:lambda:eu-west-2:123456789012:function:totesys-etl-extract", version = "7" }
}

override_resource {
  target = module.extract.aws_lambda_alias.live
  values = { arn = "arn:aws:lambda:eu-west-2:123456789012:function:totesys-etl-extract:live" }
}

override_resource {
  target = module.transform.aws_lambda_function.this
  values = { arn = "arn:aws:lambda:eu-west-2:123456789012:function:totesys-etl-transform", version = "7" }
}

override_resource {
  target = module.transform.aws_lambda_alias.live
  values = { arn = "arn:aws:lambda:eu-west-2:123456789012:function:totesys-etl-transform:live" }
}

override_resource {
  target = module.load.aws_lambda_function.this
  values = { arn = "arn:aws:lambda:eu-west-2:123456789012:function:totesys-etl-load", version = "7" }
}

override_resource {
  target = module.load.aws_lambda_alias.live
  values = { arn = "arn:aws:lambda:eu-west-2:123456789012:function:totesys-etl-load:live" }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:eu-west-2:123456789012:log-group:a-function" }
}

mock_resource "aws_sqs_queue" {
  defaults = { arn = "arn:aws:sqs:eu-west-2:123456789012:dead-letters" }
}

mock_resource "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:eu-west-2:123456789012:totesys-etl-alarms" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/a-role" }
}

mock_resource "aws_s3_bucket" {
  defaults = { arn = "arn:aws:s3:::a-bucket" }
}

mock_resource "aws_iam_policy" {
  defaults = { arn = "arn:aws:iam::123456789012:policy/a-policy" }
}

mock_resource "aws_iam_openid_connect_provider" {
  defaults = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
}

mock_data "aws_ssm_parameter" {
  defaults = { insecure_value = "arn:aws:lambda:eu-west-2:123456789012:layer:secrets-extension:19" }
}
