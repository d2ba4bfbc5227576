# Each run gives bad values to many variables at once; every one of them must be refused.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "malformed" {
  command = plan

  variables {
    name                          = "Totesys_ETL"
    region                        = "London"
    ingestion_bucket              = "Ingestion.Bucket"
    code_bucket                   = "no"
    cheaper_after_days            = 7
    oltp                          = { host = "oltp.example.com", user = "etl_reader", ssl_mode = "yes" }
    oltp_password                 = null
    oltp_password_secret_arn      = "the-secret"
    warehouse                     = { host = "warehouse.example.com", user = "etl_loader", ssl_mode = "yes" }
    warehouse_password            = null
    warehouse_password_secret_arn = "arn:aws:s3:::the-secret"
    secrets_extension_layer_arn   = "the-extension"
    certificate_layers            = ["certificates"]
    packages = {
      extract   = { key = "extract.zip", hash = "ERERERERERERERERERERERERERERERERERERERERERE=" }
      transform = { key = "transform.zip", hash = "IiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiI=" }
      load      = { key = "load.zip", hash = "MzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzM=" }
    }
    tables               = ["sales order"]
    tables_emptied       = ["job-queue"]
    tables_copied        = ["the staff"]
    calendar             = { start = "01/01/2024", days = 2557 }
    extract_size         = { memory_mb = 64 }
    transform_size       = { memory_mb = 64 }
    load_size            = { memory_mb = 128 }
    reserved_concurrency = { load = 0 }
    network              = { subnet_ids = ["a"], security_group_ids = ["sg-0a"] }
    alarm_email          = "data-team"
    stale_after_minutes  = 31
    lag_after_minutes    = 0
    verified_after_hours = 24
    monthly_budget       = 0
    log_level            = "Warning"
    metrics              = "all"
    log_retention_days   = 8
  }

  expect_failures = [
    var.name, var.region, var.ingestion_bucket, var.code_bucket, var.cheaper_after_days,
    var.oltp, var.oltp_password_secret_arn, var.warehouse, var.warehouse_password_secret_arn, var.secrets_extension_layer_arn,
    var.certificate_layers, var.packages, var.tables, var.tables_emptied, var.tables_copied, var.calendar, var.extract_size,
    var.transform_size, var.load_size, var.reserved_concurrency, var.network, var.alarm_email, var.stale_after_minutes,
    var.lag_after_minutes, var.verified_after_hours, var.monthly_budget, var.log_level, var.metrics, var.log_retention_days,
  ]
}

run "out_of_range" {
  command = plan

  variables {
    ingestion_bucket         = "the-lake"
    processed_bucket         = "the-lake"
    cheaper_after_days       = 60
    oltp                     = { host = "oltp.example.com", user = "etl_reader", port = 0 }
    oltp_password_secret_arn = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:oltp-AbCdEf"
    warehouse                = { host = "warehouse.example.com", user = "etl_loader", port = 65536 }
    warehouse_password       = null
    packages = {
      extract   = { key = "extract/1111111111111111111111111111111111111111111111111111111111111111.zip", hash = "1111111111111111111111111111111111111111111111111111111111111111" }
      transform = { key = "transform/2222222222222222222222222222222222222222222222222222222222222222.zip", hash = "IiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiI=" }
      load      = { key = "load/3333333333333333333333333333333333333333333333333333333333333333.zip", hash = "MzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzM=" }
    }
    tables              = ["currency", "currency"]
    calendar            = { start = "2024-01-01", days = 0 }
    extract_size        = { storage_mb = 100 }
    transform_size      = { storage_mb = 100 }
    load_size           = { storage_mb = 100 }
    network             = { subnet_ids = ["subnet-0a"], security_group_ids = [] }
    stale_after_minutes = 15
  }

  expect_failures = [
    var.processed_bucket, var.cheaper_after_days, var.oltp, var.oltp_password, var.warehouse, var.warehouse_password, var.packages, var.tables,
    var.calendar, var.extract_size, var.transform_size, var.load_size, var.network, var.stale_after_minutes,
  ]
}

run "at_odds" {
  command = plan

  variables {
    oltp           = null
    oltp_password  = null
    tables         = ["staff"]
    extract_size   = { timeout_seconds = 300 }
    transform_size = { timeout_seconds = 901 }
    load_size      = { timeout_seconds = 10 }
    network        = { subnet_ids = ["subnet-0a"], security_group_ids = ["sg-0a"], vpc_id = "vpc-0a" }
  }

  expect_failures = [
    var.oltp, var.oltp_password, var.tables, var.extract_size, var.transform_size, var.load_size, var.network,
  ]
}

run "iam_malformed" {
  command = plan

  variables {
    oltp_password             = null
    oltp_iam_resource_id      = "totesys"
    warehouse_password        = null
    warehouse_iam_resource_id = "arn:aws:rds:eu-west-2:123456789012:db:warehouse"
  }

  expect_failures = [var.oltp_iam_resource_id, var.warehouse_iam_resource_id]
}

run "iam_without_tls" {
  command = plan

  variables {
    oltp                      = { host = "oltp.example.com", user = "etl_reader", ssl_mode = "prefer" }
    oltp_password             = null
    oltp_iam_resource_id      = "db-ABCDEFGHIJKL01234"
    warehouse                 = { host = "warehouse.example.com", user = "etl_loader", ssl_mode = "disable" }
    warehouse_password        = null
    warehouse_iam_resource_id = "cluster-ABCDEFGHIJKL01234"
  }

  expect_failures = [var.oltp, var.warehouse]
}

run "iam_and_a_password" {
  command = plan

  variables {
    oltp_iam_resource_id      = "db-ABCDEFGHIJKL01234"
    warehouse_iam_resource_id = "cluster-ABCDEFGHIJKL01234"
  }

  expect_failures = [var.oltp_password, var.warehouse_password]
}

# What other variables' rules look at: those are not checked where these are bad.
run "malformed_and_looked_at_by_others" {
  command = plan

  variables {
    architecture          = "x64"
    processed_bucket      = "-processed"
    expire_after_days     = 29
    extract_every_minutes = 0
    sweep_every_minutes   = 2.5
  }

  expect_failures = [var.architecture, var.processed_bucket, var.expire_after_days, var.extract_every_minutes, var.sweep_every_minutes]
}
