module "transform" {
  source = "./modules/function"

  name                 = "${var.name}-transform"
  description          = "Makes versions of warehouse tables, as Parquet, of the versions of source tables."
  package              = merge({ bucket = local.code_bucket }, var.packages.transform)
  architecture         = var.architecture
  size                 = var.transform_size
  permissions_boundary = local.permissions_boundary

  environment = merge(local.common_environment, {
    AWS_INGEST_BUCKET  = module.ingestion_bucket.name
    AWS_PROCESS_BUCKET = module.processed_bucket.name
    AWS_TABLES_COPIED  = join(",", var.tables_copied)
    DIM_DATE_START     = var.calendar.start
    DIM_DATE_DAYS      = tostring(var.calendar.days)
  })

  repeats              = 2
  keeps_dead_letters   = true
  reserved_concurrency = var.reserved_concurrency.transform
  log_retention_days   = var.log_retention_days

  permissions = [
    {
      sid       = "ReadVersions"
      actions   = ["s3:GetObject"] # the versions that are pending with their segments, and those of their look-up table
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
        "s3:GetObject", # what the newest processed version is, and what is there already if a put finds the key taken
        "s3:PutObject", # the Parquet, and the rows that were rejected
      ]
      resources = [for prefix in concat(local.target_folders, ["rejected/*"]) : "${module.processed_bucket.arn}/${prefix}"]
    },
    {
      sid       = "FindDone"
      actions   = ["s3:ListBucket"] # finds the newest processed version
      resources = [module.processed_bucket.arn]
      condition = { StringLikeIfExists = { "s3:prefix" = concat(local.target_folders, ["rejected/*"]) } }
    },
  ]
}

locals {
  # What Transform makes and Load loads: dimensions, facts, and tables that are carried as they are.
  target_folders = ["dim_*", "fact_*", "stg_*"]
}
