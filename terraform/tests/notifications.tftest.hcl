mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "notifications" {
  command = plan

  assert {
    condition     = aws_s3_bucket_notification.ingestion.lambda_function[0].lambda_function_arn == module.transform.live.arn
    error_message = "The ingestion bucket wakes Transform."
  }

  assert {
    condition     = aws_s3_bucket_notification.ingestion.lambda_function[0].filter_suffix == ".json.gz"
    error_message = "Only .json.gz wakes Transform, so segments and `timestamp` do not."
  }

  assert {
    condition     = aws_s3_bucket_notification.processed.lambda_function[0].lambda_function_arn == module.load.live.arn
    error_message = "The processed bucket wakes Load."
  }

  assert {
    condition     = aws_s3_bucket_notification.processed.lambda_function[0].filter_suffix == ".parquet"
    error_message = "Only .parquet wakes Load, so rejected rows do not."
  }

  assert {
    condition = alltrue([for notification in [aws_s3_bucket_notification.ingestion, aws_s3_bucket_notification.processed] :
    notification.lambda_function[0].events == toset(["s3:ObjectCreated:*"])])
    error_message = "Objects that were created wake a function, by put or by multipart upload; nothing else does."
  }

  assert {
    condition     = aws_lambda_permission.ingestion_wakes_transform.source_arn == "arn:aws:s3:::ingestion" && aws_lambda_permission.ingestion_wakes_transform.source_account == "123456789012"
    error_message = "Only the ingestion bucket of this account may wake Transform."
  }

  assert {
    condition     = aws_lambda_permission.processed_wakes_load.source_arn == "arn:aws:s3:::processed" && aws_lambda_permission.processed_wakes_load.source_account == "123456789012"
    error_message = "Only the processed bucket of this account may wake Load."
  }

  assert {
    condition     = aws_lambda_permission.ingestion_wakes_transform.qualifier == "live" && aws_lambda_permission.processed_wakes_load.qualifier == "live"
    error_message = "Buckets wake the version that runs."
  }
}
