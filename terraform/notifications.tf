# A new version wakes the next stage. `{table}/{version}.segments`, `timestamp` and `rejected/....json.gz` wake nobody.
resource "aws_s3_bucket_notification" "ingestion" {
  bucket = module.ingestion_bucket.name

  lambda_function {
    lambda_function_arn = module.transform.live.arn
    events              = ["s3:ObjectCreated:*"]
    filter_suffix       = ".json.gz"
  }

  depends_on = [aws_lambda_permission.ingestion_wakes_transform]
}

resource "aws_lambda_permission" "ingestion_wakes_transform" {
  statement_id   = "ingestion-bucket"
  action         = "lambda:InvokeFunction"
  function_name  = module.transform.name
  qualifier      = module.transform.live.name
  principal      = "s3.amazonaws.com"
  source_arn     = module.ingestion_bucket.arn
  source_account = local.account_id
}

resource "aws_s3_bucket_notification" "processed" {
  bucket = module.processed_bucket.name

  lambda_function {
    lambda_function_arn = module.load.live.arn
    events              = ["s3:ObjectCreated:*"]
    filter_suffix       = ".parquet"
  }

  depends_on = [aws_lambda_permission.processed_wakes_load]
}

resource "aws_lambda_permission" "processed_wakes_load" {
  statement_id   = "processed-bucket"
  action         = "lambda:InvokeFunction"
  function_name  = module.load.name
  qualifier      = module.load.live.name
  principal      = "s3.amazonaws.com"
  source_arn     = module.processed_bucket.arn
  source_account = local.account_id
}
