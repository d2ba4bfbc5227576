module "transform" {
  source = "./modules/function"

  name        = "${var.name}-transform"
  description = "Makes versions of warehouse tables, as Parquet, of the versions of source tables."
  package     = { bucket = local.code_bucket, key = var.packages.transform }
  size        = var.transform_size

  environment = {
    WHAT_ENV           = "prod"
    AWS_INGEST_BUCKET  = module.ingestion_bucket.name
    AWS_PROCESS_BUCKET = module.processed_bucket.name
    DIM_DATE_START     = var.calendar.start
    DIM_DATE_DAYS      = tostring(var.calendar.days)
  }

  repeats              = 2
  keeps_dead_letters   = true
  reserved_concurrency = var.reserved_concurrency
  log_retention_days   = var.log_retention_days

  permissions = [
    {
      sid       = "ReadVersions"
      actions   = ["s3:GetObject"] # the versions that are pending, their deleted rows, and those of their look-up table
      resources = ["${module.ingestion_bucket.arn}/*/*"]
    },
    {
      sid       = "FindPending"
      actions   = ["s3:ListBucket"] # finds the versions that are pending
      resources = [module.ingestion_bucket.arn]
      condition = { StringLikeIfExists = { "s3:prefix" = ["*/*"] } } # of any table: a sweep looks for all that it knows
    },
    {
      sid = "WriteVersions"
      actions = [
        "s3:GetObject",            # what the newest processed version is, and what is there already where a put finds the key taken
        "s3:PutObject",            # the Parquet, and the rows that were rejected
        "s3:AbortMultipartUpload", # clears away the parts of a large file that could not be put
      ]
      resources = [for prefix in ["dim_*", "fact_*", "rejected/*"] : "${module.processed_bucket.arn}/${prefix}"]
    },
    {
      sid       = "FindDone"
      actions   = ["s3:ListBucket"] # finds the newest processed version
      resources = [module.processed_bucket.arn]
      condition = { StringLikeIfExists = { "s3:prefix" = ["dim_*", "fact_*", "rejected/*"] } }
    },
  ]
}
