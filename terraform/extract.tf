module "extract" {
  source = "./modules/function"

  name        = "${var.name}-extract"
  description = "Brings what changed in the OLTP database into the ingestion bucket."
  package     = { bucket = local.code_bucket, key = var.packages.extract }
  size        = var.extract_size
  layers      = local.extract_layers
  network     = local.function_network

  environment = merge(local.oltp_environment, {
    WHAT_ENV          = "prod"
    IS_OLTP_OK        = var.use_sample_data ? "False" : "True"
    AWS_TABLES_LIST   = join(",", var.tables)
    AWS_INGEST_BUCKET = module.ingestion_bucket.name
  })

  # No repeats and no dead letters: the next run is never far, and does all that a failed one would have.
  repeats              = 0
  keeps_dead_letters   = false
  reserved_concurrency = var.reserved_concurrency
  log_retention_days   = var.log_retention_days

  permissions = concat(
    [
      {
        sid = "Versions"
        actions = [
          "s3:GetObject",            # a table's newest version, and `timestamp`
          "s3:PutObject",            # the next version, its deleted rows, and `timestamp`
          "s3:AbortMultipartUpload", # clears away the parts of a large version that could not be put
        ]
        resources = concat(
          [for table in var.tables : "${module.ingestion_bucket.arn}/${table}/*"],
          ["${module.ingestion_bucket.arn}/timestamp"],
        )
      },
      {
        sid       = "FindNewest"
        actions   = ["s3:ListBucket"] # finds a table's newest version; and makes a missing object a 404, not a 403
        resources = [module.ingestion_bucket.arn]
        # IfExists, because a GetObject of a missing key is checked against this right too, and has no prefix.
        condition = { StringLikeIfExists = { "s3:prefix" = [for table in var.tables : "${table}/*"] } }
      },
    ],
    [for secret in local.oltp_secret : {
      sid       = "Password"
      actions   = ["secretsmanager:GetSecretValue"] # through the extension, which keeps it for five minutes
      resources = [secret]
      condition = {}
    }],
  )
}
