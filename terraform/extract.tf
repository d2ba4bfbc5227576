module "extract" {
  source = "./modules/function"

  name                 = "${var.name}-extract"
  description          = "Brings what changed in the OLTP database into the ingestion bucket."
  package              = merge({ bucket = local.code_bucket }, var.packages.extract)
  architecture         = var.architecture
  size                 = var.extract_size
  layers               = local.extract_layers
  network              = local.function_network
  permissions_boundary = local.permissions_boundary

  environment = merge(local.oltp_environment, local.common_environment, {
    IS_OLTP_OK         = var.use_sample_data ? "False" : "True"
    AWS_TABLES_LIST    = join(",", var.tables)
    AWS_TABLES_EMPTIED = join(",", var.tables_emptied)
    AWS_TABLES_COPIED  = join(",", var.tables_copied)
    AWS_INGEST_BUCKET  = module.ingestion_bucket.name
  })

  # No repeats and no dead letters: the next run is never far, and does all that a failed one would have.
  repeats              = 0
  keeps_dead_letters   = false
  reserved_concurrency = var.reserved_concurrency.extract
  log_retention_days   = var.log_retention_days

  secrets         = local.oltp_secret
  database_users  = local.oltp_user
  has_credentials = local.reads_oltp_secret || local.oltp_uses_iam

  permissions = [
    {
      sid = "Versions"
      actions = [
        "s3:GetObject", # a table's newest version with its segments, and `timestamp`
        "s3:PutObject", # the next version with its segments, and `timestamp`
      ]
      resources = concat(
        [for folder in local.table_folders : "${module.ingestion_bucket.arn}/${folder}"],
        ["${module.ingestion_bucket.arn}/timestamp"],
      )
    },
    {
      sid       = "FindNewest"
      actions   = ["s3:ListBucket"] # finds a table's newest version; and makes a missing object a 404, not a 403
      resources = [module.ingestion_bucket.arn]
      # IfExists, because a GetObject of a missing key is checked against this right too, and has no prefix.
      condition = { StringLikeIfExists = { "s3:prefix" = local.table_folders } }
    },
  ]
}

locals {
  # Where the versions of the tables lie: in a folder each, or anywhere in a folder if the list is open.
  has_open_list = anytrue([for table in var.tables : table == "*" || startswith(table, "!")])
  table_folders = local.has_open_list ? ["*/*"] : [for table in var.tables : "${split("(", table)[0]}/*"]
}
